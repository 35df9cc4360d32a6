//! What the rules say of a pair of quotation marks: where its attribution stands, and whether it has one.

use std::ops::Range;

use super::{Attribution, Part, Reader};
use crate::{
    entity::MentionKind,
    lang::Class,
    quote::{
        cue::{Cue, CueKind},
        indirect::Clause,
        rule::Rule,
        scene::Unit,
        source::{self, Source},
    },
};

/// How far behind the marks an attribution may end, in words.
const REACH: usize = 30;
/// How many words stand between a cue and the marks it announces at the most.
const GAP: usize = 8;
/// How much follows the verb of an attribution that is a sentence of its own.
const TRAIL: usize = 6;
/// How long an attribution between two pieces of one utterance may be.
const BETWEEN: usize = 30;
/// How many paragraphs a speaker is remembered for.
const MEMORY: usize = 2;
/// A fragment has fewer words than this.
const SENTENCE: usize = 5;
/// A fragment that its sentence ends with is a phrase from this many words on.
const PHRASE: usize = 3;

impl Reader<'_, '_, '_, '_, '_> {
    /// "… it leaks,”": the quotation ends as one does that an attribution follows.
    pub(super) fn announces(&self, unit: usize) -> bool {
        let behind = self.unit(unit).tokens.end;
        self.inner(unit).ends_with([',', '?', '!', '—', '–', '…']) || self.scene.text.is(behind, ",")
    }

    /// Whether a comma behind the marks and a verb of saying behind that leave no doubt that it is said: „…“, sagte Quist.
    pub(super) fn is_announced(&self, unit: usize, rule: &Attribution) -> bool {
        let (text, comma) = (self.scene.text, self.unit(unit).tokens.end);
        let says = rule.cue.is_some_and(|cue| {
            self.cues[cue].tokens.start == comma + 1 && self.cues[cue].kind == CueKind::Say
        });
        text.language.grammar.comma_behind_marks && text.is(comma, ",") && says && rule.source.is_some()
    }

    /// Words that could stand alone: long enough, or closed like a sentence.
    pub(super) fn is_sentence(&self, unit: usize) -> bool {
        let inner = self.inner(unit);
        let closed = inner.ends_with(['.', '!', '?', '…', '—']);
        let begins = !inner.starts_with(char::is_lowercase);
        begins && (closed || self.words(unit, SENTENCE) >= SENTENCE)
    }

    /// Too many words for a term or a title, or words that end a sentence.
    pub(super) fn is_phrase(&self, unit: usize) -> bool {
        let words = self.words(unit, SENTENCE);
        words >= SENTENCE || (words >= PHRASE && self.inner(unit).ends_with(['.', '!', '?', ',']))
    }

    /// How many words stand inside the marks, counted up to a limit.
    pub(super) fn words(&self, unit: usize, limit: usize) -> usize {
        self.unit(unit).tokens.clone().filter(|&token| self.scene.text.is_word(token)).take(limit).count()
    }

    /// A word or two in front of the noun that they describe: “defensive” equipment.
    pub(super) fn is_term(&self, unit: usize) -> bool {
        let behind = self.unit(unit).tokens.end;
        let text = self.scene.text;
        let describes = text.is_word(behind)
            && text.word(behind).starts_with(char::is_lowercase)
            && !text.any(
                behind,
                &[Class::Preposition, Class::Conjunction, Class::Auxiliary, Class::Adverb, Class::Determiner],
            );
        self.words(unit, 3) <= 2 && describes && self.inner(unit).ends_with(char::is_alphanumeric)
    }

    /// The attribution behind the marks: "said X" or "X said", perhaps in a sentence of its own.
    pub(super) fn behind(&self, unit: usize) -> Option<Attribution> {
        let end = self.unit(unit).tokens.end;
        let segment = self.scene.segment_of(end);
        let segments = &self.scene.segments;
        let tokens = &segments
            .get(segment)
            .filter(|next| next.block == segments[self.unit(unit).segment].block)?
            .tokens;
        let own_sentence = segment != self.unit(unit).segment;
        let first = end + usize::from(matches!(self.scene.text.word(end), "," | "—" | "–"));
        let (index, cue) = self.cue_between(first, tokens.end.min(first + REACH))?;
        // “…”, and Quist said: somebody else says something else.
        if self.scene.text.has(first, Class::And) && cue.tokens.start > first + 1 {
            return None;
        }
        let source = cue.source.as_ref()?;
        let begin = source.tokens.start.min(cue.tokens.start);
        let introduces =
            || (first..begin).all(|token| self.scene.leads(token)) || self.scene.is_title(first..begin);
        let leads = begin >= first && introduces();
        let reports = self.clause_of(index).is_some_and(|clause| clause.tokens.start > cue.tokens.start);
        let finishes = self.announces(unit) && !own_sentence;
        let trails = !own_sentence || self.is_short(cue.tokens.end.max(source.tokens.end)..tokens.end);
        (leads && trails && (finishes || !reports)).then(|| Attribution {
            cue: Some(index),
            source: Some(source.clone()),
            confidence: if finishes { 0.97 } else { 0.9 },
            embedded: !self.is_sentence(unit) && !self.announces(unit),
            character: None,
            rule: Rule::Behind,
        })
    }

    /// Whether an attribution that is a sentence of its own says no more than when and where.
    pub(super) fn is_short(&self, trail: Range<usize>) -> bool {
        trail.len() <= TRAIL && trail.clone().all(|token| self.scene.is_outside(token))
    }

    /// A name behind a dash that ends the paragraph: “…” — Mara Quist.
    pub(super) fn signature(&self, unit: usize) -> Option<Attribution> {
        let text = self.scene.text;
        let dash = self.unit(unit).tokens.end;
        let name = (dash + 1..text.len().min(dash + 3)).find(|&token| text.is_word(token))?;
        let mention =
            self.scene.mention_of(name).filter(|_| matches!(text.word(dash), "—" | "–" | "―" | "-"))?;
        let tokens = self.scene.mention_tokens(mention);
        let block = self.scene.block_end(name);
        (tokens.start == name && tokens.end + 1 >= block).then_some(Attribution {
            cue: None,
            source: Some(Source { tokens, mention, adjacent: true }),
            confidence: 0.9,
            embedded: false,
            character: None,
            rule: Rule::Signature,
        })
    }

    /// The first cue of a range of tokens, where no marks come before it.
    pub(super) fn cue_between(&self, start: usize, end: usize) -> Option<(usize, &Cue)> {
        let index = self.cues.partition_point(|cue| cue.tokens.start < start);
        let cue = self.cues.get(index).filter(|cue| cue.tokens.start < end)?;
        (start..cue.tokens.start).all(|token| self.scene.is_outside(token)).then_some((index, cue))
    }

    pub(super) fn clause_of(&self, cue: usize) -> Option<&Clause> {
        self.clauses.binary_search_by_key(&cue, |clause| clause.cue).ok().map(|index| &self.clauses[index])
    }

    pub(super) fn clause_around(&self, unit: usize) -> Option<usize> {
        let tokens = &self.unit(unit).tokens;
        let index = self.clauses_before(tokens.start)?;
        let clause = &self.clauses[index].tokens;
        (clause.start <= tokens.start && tokens.end <= clause.end).then_some(index)
    }

    /// The last clause that begins at a token or before. Clauses come in the order of the text.
    pub(super) fn clauses_before(&self, token: usize) -> Option<usize> {
        self.clauses.partition_point(|clause| clause.tokens.start <= token).checked_sub(1)
    }

    /// The attribution before the marks: "X said: “…”", "X called it “…”", "X: “…”".
    pub(super) fn before(&self, unit: usize) -> Option<Attribution> {
        let start = self.unit(unit).tokens.start;
        let segment = &self.scene.segments[self.unit(unit).segment].tokens;
        let index = self.cues.partition_point(|cue| cue.tokens.start < start).checked_sub(1);
        let nearest = index.filter(|&index| self.cues[index].tokens.start >= segment.start);
        if let Some(index) = nearest {
            let cue = &self.cues[index];
            let end =
                cue.source.as_ref().map_or(cue.tokens.end, |source| source.tokens.end.max(cue.tokens.end));
            let gap = start.saturating_sub(end);
            let announces = gap == 0 || matches!(self.scene.text.word(start - 1), ":" | ",");
            if announces || gap <= GAP || self.shares_cue(unit, index) {
                let close = if announces { 0.93 } else { 0.82 };
                return Some(Attribution {
                    cue: Some(index),
                    source: cue.source.clone(),
                    confidence: if cue.source.as_ref().is_some_and(|source| source.adjacent) {
                        close
                    } else {
                        close - 0.2
                    },
                    embedded: !announces || (gap == 0 && !self.is_sentence(unit)),
                    character: None,
                    rule: Rule::Before,
                });
            }
        }
        self.announced(unit)
    }

    /// The attribution by a mention and a colon right before the marks: "…, the mayor: “…”", "His answer: “…”".
    fn announced(&self, unit: usize) -> Option<Attribution> {
        let Range { start, .. } = self.unit(unit).tokens;
        let segment = &self.scene.segments[self.unit(unit).segment].tokens;
        let colon =
            start.checked_sub(1).filter(|&colon| self.scene.text.is(colon, ":") && colon > segment.start)?;
        let owner = || source::possessor(self.scene, colon - 1);
        let named = self.scene.mention_of(colon - 1).map(|mention| Source::beside(self.scene, mention));
        let source = named.or_else(owner)?;
        Some(Attribution {
            source: Some(source),
            confidence: 0.9,
            rule: Rule::Colon,
            ..Attribution::default()
        })
    }

    /// The same, where the sentence has nothing but a name or a role before its colon, and nothing behind the marks.
    pub(super) fn labelled(&self, unit: usize) -> Option<Attribution> {
        let attribution = self.announced(unit)?;
        let source = attribution.source.as_ref()?;
        let here = self.unit(unit);
        let segment = &self.scene.segments[here.segment].tokens;
        let is_name = self.scene.entities.mentions[source.mention].kind != MentionKind::Pronoun;
        let stop = usize::from(self.scene.text.is_stop(here.tokens.end));
        let alone = source.tokens.start == segment.start && here.tokens.end + stop >= segment.end;
        (is_name && alone && self.scene.can_speak(source.mention)).then_some(attribution)
    }

    /// The attribution in a sentence of its own that ends with a colon: a quotation set off as a paragraph.
    pub(super) fn introduced(&self, unit: usize) -> Option<Attribution> {
        let here = self.unit(unit);
        let before = &self.scene.segments[here.segment.checked_sub(1)?].tokens;
        let begins = self.scene.segments[here.segment].tokens.start == here.tokens.start;
        if !begins || before.is_empty() || !self.scene.text.is(before.end - 1, ":") {
            return None;
        }
        let cue = self.cues.partition_point(|cue| cue.tokens.start < before.end).checked_sub(1);
        let cue =
            cue.filter(|&cue| self.cues[cue].tokens.start >= before.start && self.cues[cue].source.is_some());
        let source = match cue {
            Some(cue) => self.cues[cue].source.clone(),
            None => self.first_person(before.clone()),
        };
        let confidence = if cue.is_some() { 0.85 } else { 0.65 };
        let source = Some(source?);
        Some(Attribution {
            cue,
            source,
            confidence,
            embedded: false,
            character: None,
            rule: Rule::Introduced,
        })
    }

    /// Whether the unit before has the same cue.
    pub(super) fn shares_cue(&self, unit: usize, cue: usize) -> bool {
        unit > 0 && self.attribution_of(unit - 1).is_some_and(|attribution| attribution.cue == Some(cue))
    }

    /// A second piece with the same cue continues the first.
    pub(super) fn said_or_continued(&self, unit: usize, attribution: Attribution) -> Part {
        match attribution.cue {
            Some(cue) if self.shares_cue(unit, cue) => Part::Continues(self.beginning_of(unit - 1)),
            _ => Part::Said(attribution),
        }
    }

    /// The first piece of what goes on here behind its attribution and a comma: “…,” she said, “…”
    pub(super) fn resumed(&self, unit: usize) -> Option<usize> {
        let previous = unit.checked_sub(1).filter(|&previous| self.is_said(previous))?;
        let between = self.unit(previous).tokens.end..self.unit(unit).tokens.start;
        let follows = self.unit(previous).segment == self.unit(unit).segment
            && between.len() > 1
            && between.len() <= BETWEEN
            && self.scene.text.is(between.end - 1, ",")
            && self.announces(previous);
        (follows && self.is_attribution(&between, previous)).then(|| self.beginning_of(previous))
    }

    /// A sentence in marks without an attribution of its own.
    pub(super) fn beside(&self, unit: usize) -> Part {
        let here = self.unit(unit);
        let block = self.scene.segments[here.segment].block;
        if let Some(previous) = unit.checked_sub(1).filter(|&previous| self.is_said(previous)) {
            let before = self.unit(previous);
            let same_block = self.scene.segments[before.segment].block == block;
            let between = before.tokens.end..here.tokens.start;
            if same_block && between.len() <= BETWEEN && self.is_attribution(&between, previous) {
                return Part::Continues(self.beginning_of(previous));
            }
        }
        let source = self.subject_beside(here);
        if let Some(source) = source {
            return Part::Said(Attribution {
                source: Some(source),
                confidence: 0.6,
                rule: Rule::Subject,
                ..Attribution::default()
            });
        }
        let remembered = self.remembered(unit, block).and_then(|attribution| attribution.source.clone());
        let (confidence, rule) = if remembered.is_some() { (0.55, Rule::Last) } else { (0.0, Rule::Silence) };
        Part::Said(Attribution { source: remembered, confidence, rule, ..Attribution::default() })
    }

    /// Whether nothing but the attribution of `unit`, in one sentence, stands in `between`.
    pub(super) fn is_attribution(&self, between: &Range<usize>, unit: usize) -> bool {
        let Some(attribution) = self.attribution_of(unit) else { return false };
        let cue = attribution.cue.map(|cue| &self.cues[cue].tokens);
        let is_one = || self.scene.segment_of(between.start) == self.scene.segment_of(between.end - 1);
        between.is_empty() || (is_one() && cue.is_some_and(|cue| between.contains(&cue.start)))
    }

    /// The subject of the sentence before, or of what stands before the marks in the same one.
    pub(super) fn subject_beside(&self, unit: &Unit) -> Option<Source> {
        let block = self.scene.segments[unit.segment].block;
        let before = unit.segment.checked_sub(1).filter(|&before| self.scene.segments[before].block == block);
        let own = self.scene.segments[unit.segment].tokens.start..unit.tokens.start;
        let candidates = [Some(own), before.map(|before| self.scene.segments[before].tokens.clone())];
        candidates.into_iter().flatten().find_map(|tokens| self.first_person(tokens))
    }

    /// The first mention of a range that could speak, outside all marks.
    pub(super) fn first_person(&self, tokens: Range<usize>) -> Option<Source> {
        tokens.take(REACH).find_map(|token| {
            let mention = self.scene.mention_of(token).filter(|_| self.scene.is_outside(token))?;
            let words = self.scene.mention_tokens(mention);
            let fit = words.start == token && self.scene.can_speak(mention) && !self.scene.is_governed(token);
            fit.then_some(Source { tokens: words, mention, adjacent: false })
        })
    }

    /// Who spoke last, a paragraph or two ago.
    pub(super) fn remembered(&self, unit: usize, block: usize) -> Option<&Attribution> {
        let previous = unit.checked_sub(1)?;
        let near = self.scene.segments[self.unit(previous).segment].block + MEMORY >= block;
        self.attribution_of(previous).filter(|_| near)
    }

    /// A few words in marks: said, if somebody says something before them in the sentence; else a scare quote.
    pub(super) fn fragment(&self, unit: usize) -> Part {
        let here = self.unit(unit);
        let segment = &self.scene.segments[here.segment].tokens;
        let cue = self.cues.partition_point(|cue| cue.tokens.start < here.tokens.start).checked_sub(1);
        let governing = cue.filter(|&cue| {
            self.cues[cue].tokens.start >= segment.start
                && self.cues[cue].source.is_some()
                && !self.is_term(unit)
        });
        match governing {
            Some(cue) => {
                let source = self.cues[cue].source.clone();
                self.said_or_continued(
                    unit,
                    Attribution {
                        cue: Some(cue),
                        source,
                        confidence: 0.6,
                        embedded: true,
                        character: None,
                        rule: Rule::Fragment,
                    },
                )
            }
            None if self.is_phrase(unit) => match self.subject_beside(here) {
                Some(source) => Part::Said(Attribution {
                    cue: None,
                    source: Some(source),
                    confidence: 0.5,
                    embedded: true,
                    character: None,
                    rule: Rule::Subject,
                }),
                None => Part::Scare(None),
            },
            None => Part::Scare(None),
        }
    }
}
