//! What an annotated document answers to the questions of the quote stage.

use std::ops::Range;

use pullquote::{
    entity::{Entities, MentionKind},
    lang::{Class, Language},
    model::Question,
    quote::Candidate,
    text::Span,
};

use crate::attributions::{Attribution, Document};

/// A document and what is known of its language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key<'d> {
    pub(crate) document: &'d Document,
    pub(crate) ends: &'d [&'d str],
    pub(crate) language: &'d Language,
}

impl<'d> Key<'d> {
    /// Which candidates are right; nothing, where a question teaches nothing.
    pub(crate) fn right(
        &self,
        question: Question,
        about: Span,
        candidates: &[Candidate],
        entities: &Entities,
    ) -> Option<Vec<bool>> {
        const QUOTED: [Question; 3] = [Question::Said, Question::Speaker, Question::Turn];
        if !self.document.characters.is_empty() && !QUOTED.contains(&question) {
            return None;
        }
        let all = |is_right: &dyn Fn(Span) -> bool| -> Vec<bool> {
            candidates.iter().map(|candidate| is_right(candidate.span)).collect()
        };
        let attribution = match question {
            Question::Said | Question::Speaker | Question::Turn => self.attribution_of(about),
            Question::Cue | Question::Start | Question::End | Question::Source => self.reported_by(about),
        };
        match question {
            Question::Said | Question::Cue => return Some(vec![attribution.is_some()]),
            Question::Speaker | Question::Source => {
                let attribution = attribution?;
                let right = all(&|span| self.is_source(attribution, span));
                // A source that is no candidate teaches nothing: that none is right would be wrong.
                (attribution.source.is_empty() || right.contains(&true)).then_some(right)
            }
            Question::Turn => {
                let speaker = attribution?.speaker.as_ref()?;
                let right = all(&|span| self.is_character(speaker, span, entities));
                // Who is none of the cast is nobody; who is not on the stage teaches nothing.
                let known = self.document.characters.contains_key(speaker);
                return (!known || right.contains(&true)).then_some(right);
            }
            Question::Start => {
                let start = attribution?.content.first()?.start;
                Some(all(&|span| self.is_one_place(start, span.start())))
            }
            Question::End => {
                let end = attribution?.content.last()?.end;
                Some(all(&|span| self.is_one_place(end, span.end())))
            }
        }
        .filter(|right| right.contains(&true) || attribution.is_some_and(|one| one.source.is_empty()))
    }

    /// Whether a mention means a character of the novel.
    fn is_character(&self, character: &str, mention: Span, entities: &Entities) -> bool {
        let words = mention.of(&self.document.text);
        if words == self.language.grammar.first_person {
            return self.document.narrator.as_deref() == Some(character);
        }
        let found =
            entities.mentions.iter().find(|other| other.span == mention && other.kind != MentionKind::Role);
        let name = found.and_then(|mention| entities.fullest.get(mention.entity?));
        self.document.is_called(character, name.map_or(words, String::as_str))
    }

    /// Whether no word stands between two places.
    fn is_one_place(&self, one: usize, other: usize) -> bool {
        !self.document.text[one.min(other)..one.max(other)].contains(char::is_alphanumeric)
    }

    /// What a word reports, if it is the first word of a cue that can be one alone, or if nothing outside of what is reported
    /// does: then its mood reports, or, where no mood does, the verb itself. What is quoted and nothing else is not reported.
    pub(crate) fn reported_by(&self, word: Span) -> Option<&'d Attribution> {
        const VERBS: [Class; 3] = [Class::SayVerb, Class::ReportVerb, Class::ThinkVerb];
        let classes = |word: &str| self.language.lexicon.classes(word);
        let own = classes(word.of(&self.document.text));
        let has_mood = |span: &Range<usize>| {
            let words = self.document.text[span.clone()].split(|c: char| !c.is_alphanumeric());
            words.into_iter().any(|word| classes(word).has(Class::Subjunctive))
        };
        self.document.attributions.iter().find(|attribution| {
            let quoted = attribution.quoted.len() == attribution.content.len()
                && attribution.quoted.iter().zip(&attribution.content).all(|(quoted, content)| {
                    self.is_one_place(quoted.start, content.start)
                        && self.is_one_place(quoted.end, content.end)
                });
            let within = |span: &Range<usize>| span.start <= word.start() && word.end() <= span.end;
            // Of "did not immediately respond" the adverb tells nothing.
            let tells = |span: &Range<usize>| !own.has(Class::Adverb) || span.len() == word.len();
            let cue = attribution.cue.iter().any(|span| within(span) && tells(span));
            let alone = attribution.cue.is_empty() && attribution.content.iter().any(within);
            let mood = own.has(Class::Subjunctive);
            let verb = || own.any(&VERBS) && !attribution.content.iter().any(has_mood);
            (cue || alone && (mood || verb())) && !quoted
        })
    }

    /// A span without the marks around its words.
    fn words_of(&self, span: &Range<usize>) -> Range<usize> {
        let text = &self.document.text[span.clone()];
        let start = span.start + text.len() - text.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
        let end = span.start + text.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        start..end.max(start)
    }

    /// The attribution that has said what stands inside some marks: most of one is most of the other.
    fn attribution_of(&self, inner: Span) -> Option<&'d Attribution> {
        let inner = self.words_of(&(inner.start()..inner.end()));
        self.document.attributions.iter().find(|attribution| {
            attribution.quoted.iter().any(|quoted| {
                let quoted = self.words_of(quoted);
                let common = quoted.end.min(inner.end).saturating_sub(quoted.start.max(inner.start));
                let all = quoted.end.max(inner.end) - quoted.start.min(inner.start);
                common * 5 >= all * 4
            })
        })
    }

    /// Whether a mention is the source: the head of one lies within the other.
    fn is_source(&self, attribution: &Attribution, mention: Span) -> bool {
        let mention = mention.start()..mention.end();
        let head = |group: &Range<usize>| head(&self.document.text, group, self.ends);
        attribution
            .source
            .iter()
            .any(|source| contains(&mention, &head(source)) || contains(source, &head(&mention)))
    }
}

fn contains(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// The last word of a noun group before its first comma, preposition or relative pronoun, which are among `ends`.
fn head(text: &str, group: &Range<usize>, ends: &[&str]) -> Range<usize> {
    let mut head = group.clone();
    let mut at = group.start;
    for word in text[group.clone()].split_inclusive(|c: char| !(c.is_alphanumeric() || "’'-.".contains(c)))
    {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let bare = bare.strip_suffix("’s").or(bare.strip_suffix("'s")).unwrap_or(bare);
        if at > group.start && ends.contains(&bare.to_lowercase().as_str()) {
            break;
        }
        if !bare.is_empty() {
            head = at..at + bare.len();
        }
        at += word.len();
        if word.contains([',', '(']) && at > group.start {
            break;
        }
    }
    head
}
