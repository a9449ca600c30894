//! Frames of a camera that is moved about.

use super::wording::{bar, hand_title, source_noun, users_share};
use super::*;
use crate::app::view::Looking;
use crate::keys::entropy::{Frame, SourceKind};

/// Cells of the bar.
const BAR: usize = 30;

/// The camera, and what became of its last picture.
pub(super) struct Camera {
    name: Option<String>,
    preview: Option<Luma>,
    mirrored: bool,
    last: Option<Frame>,
    trouble: Option<String>,
}

impl Camera {
    /// Opens it; where only the demo's is there, says so.
    pub(super) fn open(core: &mut Core) -> Next {
        if core.settings.demo {
            return Next::Go(Step::Sources(Some(NO_CAMERA.into())));
        }
        core.ask(Command::OpenEye(Source::Camera));
        Next::Go(Step::Camera(Box::new(Self {
            name: None,
            preview: None,
            mirrored: false,
            last: None,
            trouble: None,
        })))
    }

    pub(super) fn source(&mut self, state: Result<String, String>) {
        (self.preview, self.last) = (None, None);
        match state {
            Ok(name) => (self.name, self.trouble) = (Some(name), None),
            Err(why) if why == SOURCE_ENDED => self.trouble = Some(ENDED.into()),
            Err(why) => self.trouble = Some(why),
        }
    }

    pub(super) fn sight(&mut self, sight: Sight, journey: &mut Journey) {
        let picture = &sight.preview;
        let offer = |pot: &mut Pot| pot.frames.offer(picture.width() as usize, picture.data());
        self.last = Some(journey.change(offer, |became| *became == Frame::Taken));
        self.preview = Some(sight.preview);
    }

    pub(super) fn key(
        mut self: Box<Self>,
        key: &Key,
        journey: &mut Journey,
        core: &mut Core,
    ) -> Next {
        match key {
            Key::Esc | Key::Enter => {
                core.ask(Command::CloseEye);
                return Next::Go(Step::Sources(None));
            }
            Key::Char('c') => {
                (self.name, self.preview, self.last) = (None, None, None);
                core.ask(Command::NextCamera);
            }
            Key::Char('m') => self.mirrored = !self.mirrored,
            Key::Char('r') => {
                self.trouble = None;
                core.ask(Command::OpenEye(Source::Camera));
            }
            Key::Char('x') => {
                let forget = |pot: &mut Pot| std::mem::take(&mut pot.frames);
                journey.change(forget, |before| !before.is_empty());
            }
            _ => {}
        }
        Next::Go(Step::Camera(self))
    }

    pub(super) fn view<'a>(&'a self, journey: &Journey, core: &Core) -> View<'a> {
        let pot = &journey.pot;
        let source = SourceKind::Camera;
        let (have, target) = (pot.gathered(source), pot.target(source).unwrap_or_default());
        let mut text = Text::new();
        let goal = target.max(have);
        text.toned(Tone::Strong, format!("{have} of {goal} {}", source_noun(source, goal)));
        text.toned(Tone::Strong, bar(have as u64, target as u64, BAR));
        text.plain(format!("They count for {}.", pot.credit(source)));
        text.plain(format!("Yours: {}.", users_share(pot)));
        text.gap();
        match (&self.trouble, self.last) {
            (Some(trouble), _) => text.toned(Tone::Warn, trouble.as_str()),
            (None, None) if self.name.is_none() => text.plain("Starting the camera ..."),
            (None, None) => text.plain("No picture yet."),
            (None, Some(Frame::Blank)) => text.toned(Tone::Warn, BLANK),
            (None, Some(Frame::Unchanged)) => text.toned(Tone::Warn, UNCHANGED),
            (None, Some(Frame::Full)) => {
                text.toned(Tone::Proven, "These are all that can be used.")
            }
            (None, Some(Frame::Taken)) => text.toned(Tone::Proven, "Taken. Move on."),
        };
        if pot.users() >= pot.goal() {
            text.gap();
            text.toned(Tone::Proven, "Enough. Enter goes back and on.");
        }
        let mut keys = vec![("Enter", "done"), ("m", "mirror"), ("c", "other camera")];
        if have > 0 {
            keys.push(("x", "start over"));
        }
        if self.trouble.is_some() {
            keys.push(("r", "start the camera again"));
        }
        keys.extend([("Esc", "back"), ("?", "help")]);
        let mut view = words_view(core, hand_title(source), Text::new(), keys);
        let looking =
            Looking { preview: self.preview.as_ref(), mirrored: self.mirrored, parts: None };
        view.body = Body::Camera(looking, text);
        view.status =
            self.name.as_ref().map(|name| Line::toned(Tone::Faint, format!("camera: {name}")));
        view
    }
}

const NO_CAMERA: &str = "No camera is in use, only the demo's, and it plays what everybody knows. Start again with \
    --camera /dev/video0, or take another source.";
const ENDED: &str = "The camera has no more pictures. Start it again with r.";
const BLANK: &str =
    "The picture is dark or empty, and does not count. Turn on a light, uncover the lens.";
const UNCHANGED: &str =
    "This picture was there before, and does not count. Move the camera to something else.";
