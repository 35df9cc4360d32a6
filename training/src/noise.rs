//! What scraping does to texts: sentences glued together, stops lost, odd spaces, lines joined and broken,
//! headlines and addresses between the paragraphs, straight marks made curly.

use fastrand::Rng;

use crate::corpus::Document;

const ADDRESSES: [&str; 4] = [
    "https://www.example.com/news/2021/03/story.html?id=48",
    "http://example.net/a/b.php?x=1&y=2",
    "www.example.org/page",
    "https://t.example/aB3xYz",
];
/// How many of the copies have their lines hard-wrapped, and at which widths.
const WRAPPED: f64 = 0.1;
const WIDTHS: std::ops::Range<usize> = 55..100;
const BREAKS: [&str; 4] = ["\n", "\n", "\r\n", " \n"];
const PARAGRAPHS: [&str; 4] = [" \n", "\r\n", "\r\n\r\n", " \n \n"];
const LOST_STOPS: [&str; 6] = ["\n", "\n", "\r\n", " \n", "\n\n", " "];
const OTHER_STOPS: [&str; 8] = ["…", "..", "...", ". . .", " ..", "..", " .", "!"];

/// A noisy copy.
pub(crate) fn noisy(document: &Document, random: &mut Rng) -> Document {
    let mut copy = Copy { text: String::new(), ends: Vec::new(), level: 0.3 + 0.7 * random.f64(), random };
    copy.headline(&document.text);
    let curly = copy.happens_always(0.4);
    let mut start = 0;
    for (i, &end) in document.ends.iter().enumerate() {
        let next = document.ends.get(i + 1).copied().unwrap_or(document.text.len());
        let rest = &document.text[end..next];
        let white = &rest[..rest.len() - rest.trim_start().len()];
        copy.sentence(document.text[start..end].trim_start(), white, curly, end == document.text.len());
        start = end;
    }
    if copy.happens_always(WRAPPED) {
        copy.wrap();
    }
    Document { line: document.line, text: copy.text, ends: copy.ends, expected: None }
}

struct Copy<'a> {
    text: String,
    ends: Vec<usize>,
    /// How noisy this copy is.
    level: f64,
    random: &'a mut Rng,
}

impl Copy<'_> {
    fn happens_always(&mut self, odds: f64) -> bool {
        self.random.f64() < odds
    }

    fn happens(&mut self, odds: f64) -> bool {
        self.random.f64() < odds * self.level
    }

    fn one_of(&mut self, choices: &[&'static str]) -> &'static str {
        choices[self.random.usize(..choices.len())]
    }

    fn end(&mut self) {
        self.ends.push(self.text.len());
    }

    /// The first words again as a headline, and perhaps the page's address.
    fn headline(&mut self, text: &str) {
        if !self.happens_always(0.25) {
            return;
        }
        let count = self.random.usize(4..11);
        let words: Vec<String> = text.split_whitespace().take(count).map(titled).collect();
        self.text.push_str(&words.join(" "));
        self.end();
        let gap = self.one_of(&["\n", "\n", "\n\n", " \n", "\r\n", " "]);
        self.text.push_str(gap);
        if self.happens_always(0.3) {
            self.address();
        }
    }

    /// Breaks each line that is longer than a margin at the last space before it; no byte moves.
    fn wrap(&mut self) {
        let width = self.random.usize(WIDTHS);
        let mut bytes = std::mem::take(&mut self.text).into_bytes();
        let (mut line, mut space) = (0, None);
        for at in 0..bytes.len() {
            match bytes[at] {
                b'\n' => (line, space) = (at + 1, None),
                b' ' => space = Some(at),
                _ => {}
            }
            if at >= line + width
                && let Some(break_at) = space.take()
            {
                bytes[break_at] = b'\n';
                line = break_at + 1;
            }
        }
        self.text = String::from_utf8(bytes).expect("a space and a line break are one byte each");
    }

    fn address(&mut self) {
        let address = self.one_of(&ADDRESSES);
        self.text.push_str(address);
        self.end();
        let gap = self.one_of(&["\n", "\r\n", " "]);
        self.text.push_str(gap);
    }

    fn sentence(&mut self, sentence: &str, white: &str, curly: bool, is_last: bool) {
        let mut body = self.body(sentence, curly);
        let mut white = white.to_owned();
        if body.ends_with('.') && !body.ends_with("..") {
            self.stop(&mut body, &mut white);
        }
        self.white(&body, &mut white);
        self.text.push_str(&body);
        self.end();
        if is_last {
            return;
        }
        self.text.push_str(&white);
        if self.happens(0.01) {
            if white.is_empty() {
                self.text.push(' ');
            }
            self.address();
        }
    }

    fn body(&mut self, sentence: &str, curly: bool) -> String {
        let mut body = sentence.to_owned();
        if self.happens(0.10)
            && let Some(space) = body.find(' ')
            && let Some(next) = body[space + 1..].find(' ')
        {
            body.insert(space + 1 + next, ' ');
        }
        if self.happens(0.03) {
            body = body.replacen(' ', "\u{a0}", 1);
        }
        if curly { curled(&body) } else { body }
    }

    /// The full stop is lost, or another one.
    fn stop(&mut self, body: &mut String, white: &mut String) {
        if self.happens(0.05) {
            body.pop();
            if self.happens_always(0.6) {
                self.one_of(&LOST_STOPS).clone_into(white);
            } else if !is_paragraph(white) {
                " ".clone_into(white);
            }
        } else if self.happens(0.07) {
            body.pop();
            let stop = self.one_of(&OTHER_STOPS);
            body.push_str(stop);
        }
    }

    fn white(&mut self, body: &str, white: &mut String) {
        let closed = body.ends_with(['.', '!', '?', ')', '"', '”', '…']);
        let draw = self.random.f64() / self.level;
        let changed = match white.as_str() {
            " " => match draw {
                0.0..0.12 if closed => "",
                0.12..0.24 => "  ",
                0.24..0.30 => "\u{a0}",
                0.30..0.34 => " \u{a0}",
                0.34..0.42 => self.one_of(&BREAKS),
                _ => return,
            },
            _ if is_paragraph(white) => match draw {
                0.0..0.25 => "\n",
                0.25..0.40 => " ",
                0.40..0.45 if closed => "",
                0.45..0.60 => self.one_of(&PARAGRAPHS),
                _ => return,
            },
            _ => return,
        };
        changed.clone_into(white);
    }
}

fn is_paragraph(white: &str) -> bool {
    white.matches('\n').count() > 1
}

fn titled(word: &str) -> String {
    let mut chars = word.trim_matches(|c: char| !c.is_alphanumeric()).chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn curled(text: &str) -> String {
    let mut open = false;
    let curl = |c| match c {
        '"' => {
            open = !open;
            if open { '“' } else { '”' }
        }
        '\'' => '’',
        c => c,
    };
    text.chars().map(curl).collect()
}
