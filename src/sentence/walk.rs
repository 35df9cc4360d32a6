//! From gap to gap through a text: what rules are sure of is done, the rest a judge decides.

use super::{
    Options, SentenceSplitter,
    candidates::{Candidate, Gap, Kind, Place, Scanner},
    context::{self, Context},
    decision::{self, Opinion, Verdict},
    edges,
    features::{self, Facts, View},
    horizon::Horizon,
    items::{Item, Items},
    peek::Beside,
    plain,
};
use crate::{
    model::{Cascade, Features, STAGES},
    text::MarkPair,
};

/// Decides where the rules are not sure.
pub(super) trait Judge {
    /// Whether it can tell where a sentence ends without a stop.
    fn sees_gaps(&self) -> bool;

    /// What is clear at once, of the few features of a stage.
    fn peek(&mut self, stage: usize, hashes: &[u64]) -> Option<bool>;

    /// Whether a sentence ends at the view's candidate; the rules think `likely`.
    fn ends(&mut self, view: &View<'_>, likely: bool) -> bool;
}

/// Few gaps have more features.
const FEATURES: usize = 128;

/// Asks a model, if there is one.
#[derive(Debug)]
pub(super) struct Decide<'a> {
    model: Option<&'a Cascade>,
    facts: Features,
}

/// Shows the features with the right answer.
#[derive(Debug)]
pub(super) struct Teach<E, S> {
    is_end: E,
    see: S,
    gap: Shown,
}

/// What is shown of a gap.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// The features of each stage in front of the look.
    pub stages: [Features; STAGES],
    /// Those of the look, near and far.
    pub look: [Features; 2],
    /// The facts that those are made of.
    pub facts: Features,
}

impl<'a> Decide<'a> {
    pub(super) fn new(model: Option<&'a Cascade>) -> Self {
        Self { model, facts: Features::with_capacity(FEATURES) }
    }
}

impl Judge for Decide<'_> {
    fn sees_gaps(&self) -> bool {
        self.model.is_some()
    }

    #[inline]
    fn peek(&mut self, stage: usize, hashes: &[u64]) -> Option<bool> {
        self.model?.peek(stage, hashes)
    }

    fn ends(&mut self, view: &View<'_>, likely: bool) -> bool {
        let Some(model) = self.model else { return likely };
        let mut facts = Facts::of_near(view);
        let mut score = 0;
        facts.join_near(|feature| score += model.weight(feature));
        if let Some(clear) = model.is_clear(score) {
            return clear;
        }
        facts.look_far(view);
        facts.join_far(|feature| score += model.weight(feature));
        let alone = &mut self.facts;
        model.look(score, || {
            facts.write(alone);
            alone
        })
    }
}

impl<E: Fn(usize) -> bool, S: FnMut(&Shown, bool)> Teach<E, S> {
    pub(super) fn new(is_end: E, see: S) -> Self {
        Self { is_end, see, gap: Shown::default() }
    }
}

impl<E: Fn(usize) -> bool, S: FnMut(&Shown, bool)> Judge for Teach<E, S> {
    fn sees_gaps(&self) -> bool {
        true
    }

    fn peek(&mut self, stage: usize, hashes: &[u64]) -> Option<bool> {
        self.gap.stages[stage].clear();
        self.gap.stages[stage].extend(hashes.iter().copied());
        None
    }

    fn ends(&mut self, view: &View<'_>, _: bool) -> bool {
        let ends = (self.is_end)(view.source[..view.candidate.end].trim_end().len());
        let mut facts = Facts::of_near(view);
        self.gap.look.iter_mut().for_each(Features::clear);
        let [near, far] = &mut self.gap.look;
        facts.join_near(|feature| near.push(feature));
        facts.look_far(view);
        facts.join_far(|feature| far.push(feature));
        facts.write(&mut self.gap.facts);
        (self.see)(&self.gap, ends);
        ends
    }
}

/// How far a walk has come, and what it knows of the text before.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    /// Where the sentence begins that has not ended yet.
    pub(super) sentence: usize,
    /// Where the sentence before it began; where it does itself, if there is none in the paragraph.
    pub(super) before: usize,
    /// How the sentence before it ended.
    previous: u64,
    /// How many gaps without a stop it has that a sentence might end at, as before capitals.
    passed: usize,
    items: Items,
    /// The number in brackets that the paragraph began with, or the last that followed it: "[3] The court".
    numbered: Option<u32>,
    /// Whether a sentence of the paragraph began with a label.
    labelled: bool,
}

impl State {
    /// Whether there is a sentence before this one in the paragraph.
    fn follows(&self) -> bool {
        self.before < self.sentence
    }
}

/// A walk through a text.
#[derive(Debug)]
pub(super) struct Walk<'a> {
    splitter: &'a SentenceSplitter,
    source: &'a str,
    scanner: Scanner<'a>,
    horizon: Horizon<'a>,
    /// Quotations that no sentence ends in.
    whole: &'a [MarkPair],
    pub(super) state: State,
}

impl<'a> Walk<'a> {
    /// A walk through a whole text.
    pub(super) fn new(
        splitter: &'a SentenceSplitter,
        source: &'a str,
        whole: &'a [MarkPair],
        gaps: bool,
    ) -> Self {
        let &Options { newlines, gaps: asked, .. } = splitter.options();
        let scanner = Scanner::new(source, newlines, splitter.words.writing(), gaps && asked);
        let horizon = Horizon::new(source, newlines);
        Self { splitter, source, scanner, horizon, whole, state: State::default() }
    }

    /// The next place where a sentence ends.
    pub(super) fn next_end(&mut self, judge: &mut impl Judge) -> Option<usize> {
        loop {
            let candidate = self.candidate()?;
            if let Some(end) = self.take(candidate, judge) {
                return Some(end);
            }
        }
    }

    /// How far the scan has come.
    pub(super) fn place(&self) -> Place {
        self.scanner.place()
    }

    /// Goes on where another walk stopped.
    pub(super) fn resume(&mut self, place: Place, state: State) {
        self.scanner.resume(place);
        self.state = state;
    }

    /// The next place where a sentence may end.
    pub(super) fn candidate(&mut self) -> Option<Candidate> {
        self.scanner.next()
    }

    /// Whether nothing that may follow the text could change what is said of a candidate.
    pub(super) fn is_clear(&mut self, candidate: Candidate) -> bool {
        candidate.next < self.source.len()
            && (candidate.gap == Gap::Certain || self.horizon.is_whole(candidate.next))
    }

    /// Where the sentence ends, if it does at this candidate.
    pub(super) fn take(&mut self, candidate: Candidate, judge: &mut impl Judge) -> Option<usize> {
        if candidate.gap == Gap::Certain {
            let ends = candidate.end > self.state.sentence;
            // A paragraph knows nothing of others, nor of how much white space is before it.
            let Candidate { next, .. } = candidate;
            self.state = State { sentence: next, before: next, ..State::default() };
            return ends.then_some(candidate.end);
        }
        self.skip_white(candidate.end);
        let numbered = if let Kind::Stop(_) = candidate.kind { self.numbered(&candidate) } else { None };
        let end = numbered.or_else(|| self.end(candidate, judge));
        let Some(end) = end.filter(|&end| end > self.state.sentence) else {
            self.state.passed += usize::from(candidate.kind == Kind::Plain);
            return None;
        };
        self.state.passed = 0;
        self.state.before = self.state.sentence;
        self.state.sentence = end;
        Some(end)
    }

    /// A text begins with its first word, as every paragraph does.
    fn skip_white(&mut self, end: usize) {
        let first = self.source.as_bytes().get(self.state.sentence);
        if !first.is_some_and(u8::is_ascii_graphic) && !self.state.follows() {
            let begun = &self.source[self.state.sentence..end];
            self.state.sentence += begun.len() - begun.trim_start().len();
            self.state.before = self.state.sentence;
        }
    }

    /// Where the sentence ends if the number in brackets behind its stop counts the next paragraph: "was refused. [4] He appeals". In
    /// a text that does not begin with such a number it cites a source.
    fn numbered(&mut self, candidate: &Candidate) -> Option<usize> {
        let begins = !self.state.follows() && self.source.as_bytes().get(self.state.sentence) == Some(&b'[');
        if begins {
            self.state.numbered = bracketed(&self.source[self.state.sentence..candidate.end]);
        }
        let last = self.state.numbered?;
        let taken = &self.source[candidate.start..candidate.end];
        let at = taken.rfind(" [")?;
        let number = bracketed(&taken[at + 1..]).filter(|&number| number == last + 1)?;
        self.state.numbered = Some(number);
        Some(candidate.start + at)
    }

    /// Whether a sentence goes on behind its label: one in capitals, or one of several. Nobody is greeted twice in a paragraph.
    fn is_labelled(&mut self, candidate: &Candidate) -> bool {
        let Some(label) = plain::label(self.source, candidate, self.state.sentence) else { return false };
        let again = std::mem::replace(&mut self.state.labelled, true);
        again || (label.len() > 1 && context::is_all_upper(label))
    }

    /// Whether a place is inside a quotation that is to stay whole.
    fn is_quoted(&mut self, at: usize) -> bool {
        let over = |pair: &&MarkPair| pair.outer.end() <= at || pair.parent.is_some() || !pair.closed;
        let skipped = self.whole.iter().take_while(over).count();
        self.whole = &self.whole[skipped..];
        self.whole.first().is_some_and(|pair| pair.outer.start() < at)
    }

    /// Where the sentence ends, if it does at this candidate.
    fn end(&mut self, candidate: Candidate, judge: &mut impl Judge) -> Option<usize> {
        let before = &self.source[self.state.sentence..candidate.end];
        if candidate.kind == Kind::Break && before.trim_start().is_empty() {
            return None;
        }
        if before.as_bytes().last() == Some(&b':') && self.is_labelled(&candidate) {
            return None;
        }
        let opinion = match self.plain(&candidate).map_or_else(|| self.rules(candidate), Ok) {
            Ok(opinion) => opinion,
            Err(Item::Next(start)) => return Some(start),
            Err(Item::First) => return None,
        };
        match opinion.verdict {
            Verdict::EndsAt(end) => Some(end),
            _ if self.is_quoted(candidate.end) => None,
            _ => self.judge(candidate, opinion, judge).then_some(candidate.end),
        }
    }

    /// What the rules say of a candidate, where no rule need be asked for that.
    fn plain(&self, candidate: &Candidate) -> Option<Opinion> {
        let (source, sentence) = (self.source, self.state.sentence);
        match candidate.kind {
            Kind::Plain if plain::is_nothing(source, candidate, sentence) => Some(decision::NO_OPINION),
            Kind::Plain | Kind::Colon
                if plain::is_sign(source, candidate)
                    || plain::is_marker(source, candidate, sentence)
                    || !self.state.follows() && plain::is_label(source, candidate) =>
            {
                Some(decision::JOINED)
            }
            Kind::Plain | Kind::Bracket if plain::is_numbered(source, candidate) => Some(decision::JOINED),
            Kind::Plain => Some(decision::NO_OPINION),
            _ if plain::is_bracket(source, candidate) => Some(decision::plain_bracket(candidate.gap)),
            _ if plain::is_point(source, candidate, sentence) => Some(decision::point()),
            _ if plain::is_stop(source, candidate, sentence, &self.splitter.words) => {
                let certain = plain::is_sure(source, candidate, &self.splitter.words);
                Some(Opinion { certain, ..decision::plain_stop() })
            }
            _ => None,
        }
    }

    /// What the rules say of a candidate, unless it is the marker of an item.
    fn rules(&mut self, candidate: Candidate) -> Result<Opinion, Item> {
        let source = self.horizon.source(candidate.next);
        let context =
            Context::new(source, &self.splitter.words, candidate, self.state.sentence, !self.state.follows());
        self.state.items.read(&context).map_or_else(|| Ok(decision::decide(&context)), Err)
    }

    /// Whether the sentence ends at this candidate, as the rules say or the judge does.
    fn judge(&mut self, candidate: Candidate, opinion: Opinion, judge: &mut impl Judge) -> bool {
        let likely = opinion.verdict == Verdict::Ends;
        let mut view = View {
            source: self.source,
            words: &self.splitter.words,
            candidate,
            gap: features::width(self.source, &candidate),
            sentence: self.state.sentence,
            before: self.state.before,
            rule: opinion.rule,
            previous: self.state.previous,
            passed: self.state.passed,
        };
        let ends = if opinion.certain { likely } else { self.ask(&mut view, likely, judge) };
        if ends {
            self.state.previous = view.ending();
        }
        ends
    }

    /// What the judge says, which looks no closer than it must.
    fn ask(&mut self, view: &mut View<'a>, likely: bool, judge: &mut impl Judge) -> bool {
        let clear = judge.peek(0, &edges::peek(view)).or_else(|| judge.peek(1, &Beside::read(view).peek()));
        if let Some(clear) = clear {
            return clear;
        }
        view.source = self.horizon.source(view.candidate.next);
        judge.ends(view, likely)
    }
}

/// The number in brackets that a text begins with.
fn bracketed(text: &str) -> Option<u32> {
    const DIGITS: usize = 3;
    let inside = text.strip_prefix('[')?;
    let length = inside.bytes().take(DIGITS + 1).position(|byte| byte == b']')?;
    inside[..length].parse().ok()
}
