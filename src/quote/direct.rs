//! What each pair of quotation marks is: words that somebody said, part of a reported clause, or a scare quote.
//!
//! The attribution is looked for behind the marks first, then before them, since a comma or a question mark at the
//! end of a quotation announces it:
//!
//! ```text
//! “It leaks,” said Mara Quist.      behind       Mara Quist said: “It leaks.”      before
//! “A,” he said, “B.” / “B.”         one utterance of two pieces
//! Mara Quist was blunt. “It leaks.” beside: the subject of the sentence before
//! ```

use std::ops::Range;

use super::{
    cue::{self, Cue, CueKind, Source},
    decide::{Candidate, Decide},
    features::{Hints, Shape},
    indirect::Clause,
    scene::{Scene, Unit},
    speaker_features::{self, Candidacy},
    unit_features,
};
use crate::{
    lang::Class,
    model::{Features, Question},
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
/// How many paragraphs before its own a speaker may stand in.
const BLOCKS_BEFORE: usize = 2;
/// How many mentions before the marks are candidates at the most, and how many behind them.
const MOST_BEFORE: usize = 14;
const MOST_BEHIND: usize = 8;
/// How sure the rules are of an attribution that is likely, and of one that is sure.
const LIKELY: f32 = 0.6;
const SURE: f32 = 0.85;
/// How far from a speaker its cue may stand, in tokens.
const CUE_REACH: usize = 4;
/// A fragment has fewer words than this.
const SENTENCE: usize = 5;
/// A fragment that its sentence ends with is a phrase from this many words on.
const PHRASE: usize = 3;

/// What a unit is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    /// Somebody's own words, with who says so and how sure that is.
    Said(Attribution),
    /// A further piece of what an earlier unit began.
    Continues(usize),
    /// A fragment inside a reported clause: an index; and who says it.
    Reported(usize, Attribution),
    /// Marks that quote nobody; perhaps inside a reported clause.
    Scare(Option<usize>),
}

/// Who says it, and by which words.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Attribution {
    /// The cue: an index.
    pub(super) cue: Option<usize>,
    pub(super) source: Option<Source>,
    pub(super) confidence: f32,
    /// Whether the words are a fragment in somebody else's sentence.
    pub(super) embedded: bool,
}

/// Decides for every unit, in order: what the rules say is weighed by who decides, if there is somebody.
pub(super) fn attribute(
    scene: &Scene,
    cues: &[Cue],
    clauses: &[Clause],
    decide: &mut Option<impl Decide>,
) -> Vec<Part> {
    let mut reader =
        Reader { scene, cues, clauses, parts: Vec::with_capacity(scene.units.len()), speakers: [None; 2] };
    for unit in 0..scene.units.len() {
        let part = reader.certain(unit).unwrap_or_else(|| {
            let part = reader.part(unit);
            match decide {
                Some(decide) => reader.weighed(unit, part, decide),
                None => part,
            }
        });
        reader.parts.push(part);
    }
    reader.parts
}

struct Reader<'a, 'b, 't, 's> {
    scene: &'b Scene<'a, 't, 's>,
    cues: &'b [Cue],
    clauses: &'b [Clause],
    parts: Vec<Part>,
    /// The mentions of the last two speakers that were decided on, the last first.
    speakers: [Option<usize>; 2],
}

impl Reader<'_, '_, '_, '_> {
    /// What nobody needs to weigh: a continued paragraph, and a quotation that is signed.
    fn certain(&mut self, unit: usize) -> Option<Part> {
        if self.is_continued(unit) {
            return Some(Part::Continues(self.beginning_of(unit - 1)));
        }
        let signature = self.signature(unit)?;
        self.remember(signature.source.as_ref().map(|source| source.mention));
        Some(Part::Said(signature))
    }

    fn part(&self, unit: usize) -> Part {
        let behind = self.behind(unit);
        let clause = self.clause_around(unit);
        if let Some(clause) = clause {
            let same = behind.as_ref().is_none_or(|behind| behind.cue == Some(self.clauses[clause].cue));
            if same || !self.announces(unit) {
                return if self.is_term(unit) { Part::Scare(Some(clause)) } else { self.reported(clause) };
            }
        }
        if let Some(behind) = behind {
            return Part::Said(behind);
        }
        if let Some(before) = self.before(unit).or_else(|| self.introduced(unit)) {
            return self.said_or_continued(unit, before);
        }
        if self.is_sentence(unit) {
            return self.beside(unit);
        }
        self.fragment(unit)
    }

    /// A fragment of a clause, which the source of the clause says.
    fn reported(&self, clause: usize) -> Part {
        let cue = self.clauses[clause].cue;
        let source = self.cues[cue].source.clone();
        Part::Reported(clause, Attribution { cue: Some(cue), source, confidence: 0.8, embedded: true })
    }

    /// What the unit is, where the rules say `part`.
    fn weighed(&mut self, unit: usize, part: Part, decide: &mut impl Decide) -> Part {
        let rule = self.rule(&part).cloned().unwrap_or_default();
        let inner = self.scene.inner(unit);
        let here = &self.scene.units[unit];
        let hints = self.hints(unit, &part, &rule);
        let mut features = Features::default();
        unit_features::fill(self.scene, here, self.cues, hints, &mut features);
        let is_said = self.is_announced(unit, &rule)
            || decide.choose(Question::Said, inner, &[Candidate { span: inner, features }]).option.is_some();
        if !is_said {
            return Part::Scare(self.clause_around(unit));
        }
        let (mentions, candidates): (Vec<usize>, Vec<Candidate>) = self.candidates(here, hints).unzip();
        let choice = decide.choose(Question::Speaker, inner, &candidates);
        let chosen = choice.option.map(|option| mentions[option]);
        if chosen.is_none() && matches!(part, Part::Scare(_)) {
            // A few words that nobody is there to have said are a term.
            return part;
        }
        let attribution = self.attribution(here, &rule, chosen, choice.probability);
        self.remember(chosen);
        match part {
            Part::Continues(first) if self.is_speaker(first, chosen) => part,
            Part::Reported(clause, _) | Part::Scare(Some(clause)) => Part::Reported(clause, attribution),
            Part::Scare(None) => Part::Said(Attribution { embedded: true, ..attribution }),
            Part::Said(_) | Part::Continues(_) => Part::Said(attribution),
        }
    }

    /// Whether a comma behind the marks and a verb of saying behind that leave no doubt that it is said: „…“, sagte Quist.
    fn is_announced(&self, unit: usize, rule: &Attribution) -> bool {
        let (text, comma) = (self.scene.text, self.unit(unit).tokens.end);
        let says = rule.cue.is_some_and(|cue| {
            self.cues[cue].tokens.start == comma + 1 && self.cues[cue].kind == CueKind::Say
        });
        text.language.grammar.comma_behind_marks && text.is(comma, ",") && says && rule.source.is_some()
    }

    /// What the rules and the decisions so far tell of a unit.
    fn hints<'h>(&self, unit: usize, part: &Part, rule: &'h Attribution) -> Hints<'h> {
        let kind = match part {
            Part::Said(rule) => 1 + u64::from(rule.embedded) + 2 * u64::from(rule.cue.is_some()),
            Part::Continues(_) => 5,
            Part::Reported(..) => 6,
            Part::Scare(clause) => 7 + u64::from(clause.is_some()),
        };
        Hints {
            rule: kind,
            sure: u64::from(rule.confidence > LIKELY) + u64::from(rule.confidence > SURE),
            source: rule.source.as_ref(),
            last: self.speakers,
            said_before: unit.checked_sub(1).map(|previous| !matches!(self.parts[previous], Part::Scare(_))),
        }
    }

    /// What the rules say about who says it.
    fn rule<'p>(&'p self, part: &'p Part) -> Option<&'p Attribution> {
        match part {
            Part::Said(attribution) | Part::Reported(_, attribution) => Some(attribution),
            Part::Continues(first) => self.attribution_of(*first),
            Part::Scare(_) => None,
        }
    }

    /// Whether the source of an earlier unit is the mention that was chosen, or nobody is either.
    fn is_speaker(&self, unit: usize, chosen: Option<usize>) -> bool {
        let source = self.attribution_of(unit).and_then(|attribution| attribution.source.as_ref());
        match (source, chosen) {
            (Some(source), Some(chosen)) => self.scene.is_same(source.mention, chosen),
            (source, chosen) => source.is_none() && chosen.is_none(),
        }
    }

    fn remember(&mut self, speaker: Option<usize>) {
        let Some(speaker) = speaker else { return };
        if self.speakers[0].is_some_and(|last| !self.scene.is_same(speaker, last)) {
            self.speakers.rotate_right(1);
        }
        self.speakers[0] = Some(speaker);
    }

    /// The mentions that may be who says the unit: those nearest in the paragraphs around it.
    fn candidates<'h>(
        &'h self,
        unit: &'h Unit,
        hints: Hints<'h>,
    ) -> impl Iterator<Item = (usize, Candidate)> {
        let (scene, cues) = (self.scene, self.cues);
        let block = scene.segments[unit.segment].block;
        let from = scene.block_start(block.saturating_sub(BLOCKS_BEFORE), unit.tokens.start);
        let to = scene.block_start(block + 2, unit.tokens.end);
        let before = scene.mentions_in(from..unit.tokens.start).rev().take(MOST_BEFORE).enumerate();
        let behind = scene.mentions_in(unit.tokens.end..to).take(MOST_BEHIND).enumerate();
        let shape = Shape::new(scene, unit);
        before.chain(behind).map(move |(rank, mention)| {
            let mut features = Features::with_capacity(speaker_features::COUNT);
            let tokens = scene.mention_tokens(mention);
            Candidacy { scene, cues, unit, shape: &shape, hints, mention, tokens, rank }.fill(&mut features);
            (mention, Candidate { span: scene.entities.mentions[mention].span, features })
        })
    }

    /// The rules' attribution, with the source that was decided on.
    fn attribution(
        &self,
        unit: &Unit,
        rule: &Attribution,
        chosen: Option<usize>,
        probability: f32,
    ) -> Attribution {
        let confidence = if chosen.is_some() { probability } else { 0.0 };
        if rule.source.as_ref().map(|source| source.mention) == chosen {
            return Attribution { confidence, ..rule.clone() };
        }
        let source = chosen.map(|mention| cue::joined_source(self.scene, mention));
        let cue = chosen.and_then(|mention| self.cue_beside(mention, unit));
        Attribution { cue, source, confidence, embedded: rule.embedded }
    }

    /// The cue of which the mention is the source, or else one that stands beside it.
    fn cue_beside(&self, mention: usize, unit: &Unit) -> Option<usize> {
        let tokens = self.scene.mention_tokens(mention);
        let first = self.cues.partition_point(|cue| cue.tokens.end + CUE_REACH < tokens.start);
        let near = self.cues[first..].iter().take_while(|cue| cue.tokens.start < tokens.end + CUE_REACH);
        let segment = self.scene.segment_of(tokens.start);
        near.zip(first..)
            .filter(|(cue, _)| cue.segment == segment && !unit.tokens.contains(&cue.tokens.start))
            .min_by_key(|(cue, _)| {
                let own = cue.source.as_ref().is_some_and(|source| source.mention == mention);
                (!own, cue.tokens.start.abs_diff(tokens.end))
            })
            .map(|(_, index)| index)
    }

    /// Whether print's convention makes the unit a further paragraph of the one before.
    fn is_continued(&self, unit: usize) -> bool {
        let Some(previous) = unit.checked_sub(1) else { return false };
        self.scene.text.text.marks()[self.scene.units[previous].pair].continued && self.is_said(previous)
    }

    /// The first unit of the utterance that a unit belongs to.
    fn beginning_of(&self, unit: usize) -> usize {
        match self.parts[unit] {
            Part::Continues(first) => first,
            _ => unit,
        }
    }

    fn is_said(&self, unit: usize) -> bool {
        matches!(self.parts[unit], Part::Said(_) | Part::Continues(_))
    }

    fn attribution_of(&self, unit: usize) -> Option<&Attribution> {
        match &self.parts[self.beginning_of(unit)] {
            Part::Said(attribution) => Some(attribution),
            _ => None,
        }
    }

    fn unit(&self, unit: usize) -> &Unit {
        &self.scene.units[unit]
    }

    fn inner(&self, unit: usize) -> &str {
        self.scene.inner(unit).of(self.scene.text.text.source())
    }

    /// "… it leaks,”": the quotation ends as one does that an attribution follows.
    fn announces(&self, unit: usize) -> bool {
        let behind = self.unit(unit).tokens.end;
        self.inner(unit).ends_with([',', '?', '!', '—', '–', '…']) || self.scene.text.is(behind, ",")
    }

    /// Words that could stand alone: long enough, or closed like a sentence.
    fn is_sentence(&self, unit: usize) -> bool {
        let inner = self.inner(unit);
        let closed = inner.ends_with(['.', '!', '?', '…', '—']);
        let begins = !inner.starts_with(char::is_lowercase);
        begins && (closed || self.words(unit, SENTENCE) >= SENTENCE)
    }

    /// Too many words for a term or a title, or words that end a sentence.
    fn is_phrase(&self, unit: usize) -> bool {
        let words = self.words(unit, SENTENCE);
        words >= SENTENCE || (words >= PHRASE && self.inner(unit).ends_with(['.', '!', '?', ',']))
    }

    /// How many words stand inside the marks, counted up to a limit.
    fn words(&self, unit: usize, limit: usize) -> usize {
        self.unit(unit).tokens.clone().filter(|&token| self.scene.text.is_word(token)).take(limit).count()
    }

    /// A word or two in front of the noun that they describe: “defensive” equipment.
    fn is_term(&self, unit: usize) -> bool {
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
    fn behind(&self, unit: usize) -> Option<Attribution> {
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
        let source = cue.source.as_ref()?;
        let begin = source.tokens.start.min(cue.tokens.start);
        let leads = begin >= first && (first..begin).all(|token| self.scene.leads(token));
        let reports = self.clause_of(index).is_some_and(|clause| clause.tokens.start > cue.tokens.start);
        let finishes = self.announces(unit) && !own_sentence;
        let trails = !own_sentence || self.is_short(cue.tokens.end.max(source.tokens.end)..tokens.end);
        (leads && trails && (finishes || !reports)).then(|| Attribution {
            cue: Some(index),
            source: Some(source.clone()),
            confidence: if finishes { 0.97 } else { 0.9 },
            embedded: !self.is_sentence(unit) && !self.announces(unit),
        })
    }

    /// Whether an attribution that is a sentence of its own says no more than when and where.
    fn is_short(&self, trail: Range<usize>) -> bool {
        trail.len() <= TRAIL && trail.clone().all(|token| self.scene.is_outside(token))
    }

    /// A name behind a dash that ends the paragraph: “…” — Mara Quist.
    fn signature(&self, unit: usize) -> Option<Attribution> {
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
        })
    }

    /// The first cue of a range of tokens, where no marks come before it.
    fn cue_between(&self, start: usize, end: usize) -> Option<(usize, &Cue)> {
        let index = self.cues.partition_point(|cue| cue.tokens.start < start);
        let cue = self.cues.get(index).filter(|cue| cue.tokens.start < end)?;
        (start..cue.tokens.start).all(|token| self.scene.is_outside(token)).then_some((index, cue))
    }

    fn clause_of(&self, cue: usize) -> Option<&Clause> {
        self.clauses.binary_search_by_key(&cue, |clause| clause.cue).ok().map(|index| &self.clauses[index])
    }

    fn clause_around(&self, unit: usize) -> Option<usize> {
        let tokens = &self.unit(unit).tokens;
        let index = self.clauses_before(tokens.start)?;
        let clause = &self.clauses[index].tokens;
        (clause.start <= tokens.start && tokens.end <= clause.end).then_some(index)
    }

    /// The last clause that begins at a token or before. Clauses come in the order of the text.
    fn clauses_before(&self, token: usize) -> Option<usize> {
        self.clauses.partition_point(|clause| clause.tokens.start <= token).checked_sub(1)
    }

    /// The attribution before the marks: "X said: “…”", "X called it “…”", "X: “…”".
    fn before(&self, unit: usize) -> Option<Attribution> {
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
                });
            }
        }
        let colon =
            start.checked_sub(1).filter(|&colon| self.scene.text.is(colon, ":") && colon > segment.start)?;
        let mention = self.scene.mention_of(colon - 1)?;
        let source = Source { tokens: self.scene.mention_tokens(mention), mention, adjacent: true };
        Some(Attribution { cue: None, source: Some(source), confidence: 0.9, embedded: false })
    }

    /// The attribution in a sentence of its own that ends with a colon: a quotation set off as a paragraph.
    fn introduced(&self, unit: usize) -> Option<Attribution> {
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
        Some(Attribution { cue, source: Some(source?), confidence, embedded: false })
    }

    /// Whether the unit before has the same cue.
    fn shares_cue(&self, unit: usize, cue: usize) -> bool {
        unit > 0 && self.attribution_of(unit - 1).is_some_and(|attribution| attribution.cue == Some(cue))
    }

    /// A second piece with the same cue continues the first.
    fn said_or_continued(&self, unit: usize, attribution: Attribution) -> Part {
        match attribution.cue {
            Some(cue) if self.shares_cue(unit, cue) => Part::Continues(self.beginning_of(unit - 1)),
            _ => Part::Said(attribution),
        }
    }

    /// A sentence in marks without an attribution of its own.
    fn beside(&self, unit: usize) -> Part {
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
                cue: None,
                source: Some(source),
                confidence: 0.6,
                embedded: false,
            });
        }
        let remembered = self.remembered(unit, block).and_then(|attribution| attribution.source.clone());
        let confidence = if remembered.is_some() { 0.55 } else { 0.0 };
        Part::Said(Attribution { cue: None, source: remembered, confidence, embedded: false })
    }

    /// Whether nothing but the attribution of `unit`, in one sentence, stands in `between`.
    fn is_attribution(&self, between: &Range<usize>, unit: usize) -> bool {
        let Some(attribution) = self.attribution_of(unit) else { return false };
        let cue = attribution.cue.map(|cue| &self.cues[cue].tokens);
        let segments = self.scene.segment_of(between.start)..self.scene.segment_of(between.end);
        between.is_empty() || (segments.len() <= 1 && cue.is_some_and(|cue| between.contains(&cue.start)))
    }

    /// The subject of the sentence before, or of what stands before the marks in the same one.
    fn subject_beside(&self, unit: &Unit) -> Option<Source> {
        let block = self.scene.segments[unit.segment].block;
        let before = unit.segment.checked_sub(1).filter(|&before| self.scene.segments[before].block == block);
        let own = self.scene.segments[unit.segment].tokens.start..unit.tokens.start;
        let candidates = [Some(own), before.map(|before| self.scene.segments[before].tokens.clone())];
        candidates.into_iter().flatten().find_map(|tokens| self.first_person(tokens))
    }

    /// The first mention of a range that could speak, outside all marks.
    fn first_person(&self, tokens: Range<usize>) -> Option<Source> {
        tokens.take(REACH).find_map(|token| {
            let mention = self.scene.mention_of(token).filter(|_| self.scene.is_outside(token))?;
            let words = self.scene.mention_tokens(mention);
            let fit = words.start == token && self.scene.can_speak(mention) && !self.scene.is_governed(token);
            fit.then_some(Source { tokens: words, mention, adjacent: false })
        })
    }

    /// Who spoke last, a paragraph or two ago.
    fn remembered(&self, unit: usize, block: usize) -> Option<&Attribution> {
        let previous = unit.checked_sub(1)?;
        let near = self.scene.segments[self.unit(previous).segment].block + MEMORY >= block;
        self.attribution_of(previous).filter(|_| near)
    }

    /// A few words in marks: said, if somebody says something before them in the sentence; else a scare quote.
    fn fragment(&self, unit: usize) -> Part {
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
                    Attribution { cue: Some(cue), source, confidence: 0.6, embedded: true },
                )
            }
            None if self.is_phrase(unit) => match self.subject_beside(here) {
                Some(source) => Part::Said(Attribution {
                    cue: None,
                    source: Some(source),
                    confidence: 0.5,
                    embedded: true,
                }),
                None => Part::Scare(None),
            },
            None => Part::Scare(None),
        }
    }
}
