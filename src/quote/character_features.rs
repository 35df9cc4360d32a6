//! What speaks for a character as who takes a turn.
//!
//! The features are those of quotation attribution in fiction (Elson and `McKeown` 2010, He, Barbosa and Kondrak 2013,
//! Muzny et al. 2017): who spoke last and last but one, who is spoken to, who stands in the narration beside the quotation,
//! which gender the pronoun has, how much of the text a character has.

use std::ops::Range;

use super::{
    cast::{Cast, Known},
    decide::Notes,
    features::{kind, size, word},
    scene::{Scene, Unit},
    stage::{Named, Stage, Turn},
    templates::templates,
};
use crate::{
    entity::{Gender, MentionKind},
    lang::Class,
    model::Choice,
};

/// Never, as a number.
const NEVER: u64 = 15;

/// What templates are filled with.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fact {
    /// Always the same.
    Any,
    /// What kind of mention was taken for the speaker, and how surely.
    Mention,
    Sure,
    /// Whether that mention means the character, as far as links tell.
    Linked,
    /// Whether the pronoun's gender is the character's.
    Gender,
    /// What the character is known by.
    Known,
    /// How many others were seen or heard since, and how many paragraphs ago it was mentioned.
    Rank,
    Gap,
    /// Which of the last turns was the character's, how many paragraphs ago, and whether it was in this paragraph.
    Turn,
    TurnGap,
    Same,
    /// Whether the unit, and the turn before, speak of or to the character.
    Here,
    Before,
    /// Where the narration of the paragraph has the character: before the unit and behind it, by rank.
    Beside,
    /// The same for the narration in the paragraphs between this turn and the last.
    Above,
    /// Whether the first pronoun of the paragraph's narration has the character's gender.
    Heard,
    /// How much of the text the character has, and how much of the talk.
    Share,
    Talk,
    /// The shape of the turn: what else its paragraph has, and how far the last turn is.
    Frame,
    /// How the last turn ended.
    Asked,
    /// The words beside the nearest mention in the paragraph.
    Left,
    Right,
    /// How many characters are on the stage.
    Crowd,
}

const FACTS: usize = Fact::Crowd as usize + 1;

templates! {
    TEMPLATES, fill_templates:
    [Any]
    [Mention, Sure, Linked]
    [Linked, Gender]
    [Mention, Gender]
    [Mention, Known]
    [Mention, Gender, Turn]
    [Mention, Gender, Rank]
    [Mention, Gender, Gap]
    [Mention, Gender, Beside]
    [Mention, Linked, Turn]
    [Mention, Linked, Rank]
    [Mention, Linked, Beside]
    [Mention, Linked, Above]
    [Mention, Gender, Above]
    [Mention, Rank]
    [Mention, Gap]
    [Mention, Turn]
    [Mention, Turn, TurnGap]
    [Mention, Same]
    [Mention, Here]
    [Mention, Before]
    [Mention, Before, Turn]
    [Mention, Here, Turn]
    [Mention, Beside]
    [Mention, Above]
    [Mention, Heard]
    [Mention, Share]
    [Mention, Talk]
    [Mention, Frame]
    [Frame, Turn]
    [Frame, Turn, TurnGap]
    [Frame, Turn, Before]
    [Frame, Rank]
    [Frame, Beside]
    [Frame, Above]
    [Frame, Above, Turn]
    [Frame, Same]
    [Asked, Turn]
    [Asked, Before]
    [Turn, Talk]
    [Turn, Rank]
    [Turn, Gap]
    [Turn, Beside]
    [Turn, Above]
    [Turn, Share]
    [Turn, Crowd]
    [Turn, Known]
    [Same, Frame, Turn]
    [Before, Gap]
    [Here, Beside]
    [Beside, Left]
    [Beside, Right]
    [Beside, Heard]
    [Above, Gap]
    [Talk, Share]
    [Known, Talk]
    [Linked, Sure, Turn]
    [Linked, Sure, Here]
}

/// A unit whose turn is to be given.
pub(super) struct Asked<'b, 'a, 't, 's> {
    scene: &'b Scene<'a, 't, 's>,
    cast: &'b Cast,
    stage: &'b Stage<'b, 'a, 't, 's>,
    /// What is the same for all characters.
    mention: u64,
    sure: u64,
    linked: Option<usize>,
    gender: Option<Gender>,
    block: usize,
    frame: u64,
    ending: u64,
    heard: Option<Gender>,
    named: Vec<Named>,
    named_before: Vec<Named>,
    /// The mentions of characters in the paragraph, those before the unit from it backwards and those behind it.
    before: Vec<(usize, usize)>,
    behind: Vec<(usize, usize)>,
    /// The same for the paragraphs since the last turn, the nearest first.
    above: Vec<usize>,
}

/// What there is to see of a character.
pub(super) struct Seen {
    pub(super) known: Known,
    /// Whether the words for the speaker mean it.
    pub(super) linked: Option<bool>,
    /// Whether the pronoun of the speaker, or else of the narration, has its gender.
    pub(super) agrees: Option<bool>,
    /// How many paragraphs ago it was mentioned.
    pub(super) gap: Option<usize>,
    /// How many turns of others were taken since its last one, and how many paragraphs ago that was.
    pub(super) turn: Option<usize>,
    turn_gap: Option<usize>,
    /// Whether it was this character, if anybody spoke in this paragraph.
    pub(super) same: Option<bool>,
    /// How the unit and the turn before speak of it.
    pub(super) here: Named,
    pub(super) before: Named,
    /// How many others are nearer in the narration that mentions it: before the unit, behind it, above the paragraph.
    pub(super) ranks: [Option<usize>; 3],
    /// The tokens of the nearest mention in the paragraph.
    nearest: Option<Range<usize>>,
    gender: Option<Gender>,
    rank: usize,
    /// How many turns it took so far.
    pub(super) taken: usize,
}

/// How many characters around a unit are ranked.
const RANKED: usize = 4;
/// How many mentions around it are looked at on each side.
const LOOKED_AT: usize = 64;
/// How many paragraphs without talk are looked at before a turn.
const ABOVE: usize = 3;

impl<'b, 'a, 't, 's> Asked<'b, 'a, 't, 's> {
    /// The unit, of which `mention` was taken for the speaker.
    pub(super) fn new(
        scene: &'b Scene<'a, 't, 's>,
        cast: &'b Cast,
        stage: &'b Stage<'b, 'a, 't, 's>,
        unit: usize,
        mention: Option<usize>,
        choice: Choice,
    ) -> Self {
        let here = &scene.units[unit];
        let block = scene.segments[here.segment].block;
        let (start, end) = (scene.block_start(block, here.tokens.start), scene.block_end(here.tokens.start));
        let characters = |mentions: &mut dyn Iterator<Item = usize>| distinct(cast, mentions);
        let before =
            characters(&mut scene.mentions_in(start.min(here.tokens.start)..here.tokens.start).rev());
        let behind = characters(&mut scene.mentions_in(here.tokens.end..end.max(here.tokens.end)));
        let last = stage.turns.iter().find(|turn| turn.block < block);
        let since = last
            .map_or(block.saturating_sub(ABOVE), |last| (last.block + 1).max(block.saturating_sub(ABOVE)));
        let from = if since < block { scene.block_start(since, start) } else { start };
        let above = characters(&mut scene.mentions_in(from.min(start)..start).rev());
        Self {
            scene,
            cast,
            stage,
            mention: mention.map_or(0, |mention| kind_of(scene, mention)),
            sure: sure(choice),
            linked: mention.and_then(|mention| linked(scene, cast, mention)),
            gender: mention.and_then(|mention| gender(scene, mention)),
            block,
            frame: frame(scene, here, block, last),
            ending: last.map_or(0, |last| ending(scene, last.unit)),
            heard: heard(scene, start..end),
            named: stage.named_in(unit),
            named_before: last.map_or_else(Vec::new, |last| stage.named_in(last.unit)),
            before,
            behind,
            above: above.into_iter().map(|(character, _)| character).collect(),
        }
    }

    /// The features of the character at a place on the stage.
    pub(super) fn fill(&self, place: usize, notes: &mut Notes) {
        let mut facts = [0; FACTS];
        for (fact, value) in self.facts(place) {
            facts[fact as usize] = value;
        }
        fill_templates(0, &facts, notes);
    }

    /// What there is to see of the character at a place on the stage.
    pub(super) fn seen(&self, place: usize) -> Seen {
        let character = self.stage.characters()[place];
        let who = &self.cast.characters[character];
        let stage = self.stage;
        let spoke = stage.turns.iter().filter(|turn| turn.block < self.block);
        let own = |list: &[(usize, usize)]| list.iter().position(|&(listed, _)| listed == character);
        let (behind, ahead) = (own(&self.before), own(&self.behind));
        let nearest = ahead.map(|place| self.behind[place].1).or(behind.map(|place| self.before[place].1));
        let mentioned = stage.last_mention[character].map(|mention| self.block_of(mention));
        let last = spoke.clone().find(|turn| turn.character == Some(character));
        let same = stage.turns.first().filter(|turn| turn.block == self.block);
        let above = self.above.iter().position(|&seen| seen == character);
        let agreement = agreement(self.gender.or(self.heard), who.gender);
        Seen {
            known: who.known,
            linked: self.linked.map(|linked| linked == character),
            agrees: (agreement > 1).then_some(agreement == 3),
            gap: mentioned.map(|block| self.block.saturating_sub(block)),
            turn: distinct_turns(spoke).position(|turn| turn == Some(character)),
            turn_gap: last.map(|turn| self.block - turn.block),
            same: same.map(|turn| turn.character == Some(character)),
            here: self.named.get(place).copied().unwrap_or_default(),
            before: self.named_before.get(place).copied().unwrap_or_default(),
            ranks: [behind, ahead, above],
            nearest: nearest.map(|mention| self.scene.mention_tokens(mention)),
            gender: who.gender,
            rank: who.rank,
            taken: stage.taken[character],
        }
    }

    fn facts(&self, place: usize) -> [(Fact, u64); FACTS] {
        let seen = self.seen(place);
        let number = |place: Option<usize>| place.map_or(NEVER, |place| place.min(RANKED) as u64);
        let [before, behind, above] = seen.ranks.map(number);
        let known = match seen.known {
            Known::Name(_) => 0,
            Known::Role(_) => 1,
            Known::Narrator => 2,
        };
        let left = seen.nearest.as_ref().and_then(|tokens| tokens.start.checked_sub(1));
        [
            (Fact::Any, 0),
            (Fact::Mention, self.mention),
            (Fact::Sure, self.sure),
            (Fact::Linked, seen.linked.map_or(2, u64::from)),
            (Fact::Gender, agreement(self.gender, seen.gender)),
            (Fact::Known, known),
            (Fact::Rank, place as u64),
            (Fact::Gap, seen.gap.map_or(NEVER, size)),
            (Fact::Turn, number(seen.turn)),
            (Fact::TurnGap, seen.turn_gap.map_or(NEVER, size)),
            (Fact::Same, seen.same.map_or(2, u64::from)),
            (Fact::Here, seen.here as u64),
            (Fact::Before, seen.before as u64),
            (Fact::Beside, before * 16 + behind),
            (Fact::Above, above),
            (Fact::Heard, agreement(self.heard, seen.gender)),
            (Fact::Share, size(seen.rank).min(6)),
            (Fact::Talk, talk(seen.taken, self.stage.all_taken)),
            (Fact::Frame, self.frame),
            (Fact::Asked, self.ending),
            (Fact::Left, left.map_or(0, |token| kind(self.scene, token))),
            (Fact::Right, seen.nearest.map_or(0, |tokens| word(self.scene, Some(tokens.end)))),
            (Fact::Crowd, size(self.stage.characters().len()).min(6)),
        ]
    }

    fn block_of(&self, mention: usize) -> usize {
        let token = self.scene.mention_tokens(mention).start;
        self.scene.segments.get(self.scene.segment_of(token)).map_or(0, |segment| segment.block)
    }
}

/// The characters of some mentions, each once, with the mention.
fn distinct(cast: &Cast, mentions: &mut dyn Iterator<Item = usize>) -> Vec<(usize, usize)> {
    let mut characters: Vec<(usize, usize)> = Vec::new();
    for mention in mentions.take(LOOKED_AT) {
        let Some(character) = cast.of(mention) else { continue };
        if !characters.iter().any(|&(seen, _)| seen == character) {
            characters.push((character, mention));
        }
        if characters.len() > RANKED {
            break;
        }
    }
    characters
}

/// Who took the turns, without repetitions of the one before.
fn distinct_turns<'t>(turns: impl Iterator<Item = &'t Turn>) -> impl Iterator<Item = Option<usize>> {
    let mut last = None;
    turns.map(|turn| turn.character).filter(move |&character| last.replace(character) != Some(character))
}

fn kind_of(scene: &Scene, mention: usize) -> u64 {
    let first = scene.mention_tokens(mention).start;
    match scene.entities.mentions[mention].kind {
        MentionKind::Name | MentionKind::Gazetteer => 1,
        MentionKind::Role => 2,
        MentionKind::Pattern => 3,
        MentionKind::Pronoun if scene.is_first_person(first) => 4,
        MentionKind::Pronoun if gender(scene, mention).is_some() => 5,
        MentionKind::Pronoun => 6,
    }
}

/// How sure a choice is, in three steps.
fn sure(choice: Choice) -> u64 {
    u64::from(choice.probability > 0.6) + u64::from(choice.probability > 0.9)
}

/// The character that a mention means, by name or by its link.
fn linked(scene: &Scene, cast: &Cast, mention: usize) -> Option<usize> {
    cast.of(mention).or_else(|| cast.named(scene.entities.mentions[mention].entity?))
}

/// The gender that a pronoun or a role tells.
fn gender(scene: &Scene, mention: usize) -> Option<Gender> {
    let tokens = scene.mention_tokens(mention);
    let token = if scene.entities.mentions[mention].kind == MentionKind::Role {
        tokens.end - 1
    } else {
        tokens.start
    };
    Gender::of_pronoun(scene.text.classes(token)).or_else(|| Gender::of(scene.text.classes(token)))
}

fn agreement(told: Option<Gender>, known: Option<Gender>) -> u64 {
    match (told, known) {
        (None, _) => 0,
        (Some(_), None) => 1,
        (Some(told), Some(known)) => 2 + u64::from(told == known),
    }
}

/// The gender of the first pronoun outside all marks.
fn heard(scene: &Scene, tokens: Range<usize>) -> Option<Gender> {
    const FAR: usize = 200;
    let outside = |&token: &usize| scene.is_outside(token) && scene.text.has(token, Class::Pronoun);
    tokens.take(FAR).filter(outside).find_map(|token| Gender::of_pronoun(scene.text.classes(token)))
}

/// Whether the unit opens its paragraph and closes it, and how many paragraphs lie since the last turn.
fn frame(scene: &Scene, unit: &Unit, block: usize, last: Option<&Turn>) -> u64 {
    let opens = scene.block_start(block, unit.tokens.start) == unit.tokens.start;
    let closes = scene.block_end(unit.tokens.start) <= unit.tokens.end;
    let gap = last.map_or(NEVER, |last| size(block - last.block).min(4));
    gap * 4 + 2 * u64::from(opens) + u64::from(closes)
}

/// How a unit ends.
fn ending(scene: &Scene, unit: usize) -> u64 {
    let inner = scene.inner(unit).of(scene.text.text.source());
    inner.chars().next_back().map_or(0, |c| u64::from(u32::from(c)))
}

/// How much of the talk is a character's.
fn talk(own: usize, all: usize) -> u64 {
    match (own, all) {
        (0, _) => 0,
        (own, all) if own * 50 < all => 1,
        (own, all) if own * 10 < all => 2,
        (own, all) if own * 4 < all => 3,
        _ => 4,
    }
}
