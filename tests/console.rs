//! The dedicated machine's screen, on a piece of memory: its letters are read back as letters, its
//! codes as codes, and nothing stays of what was painted.

#[path = "common/stage.rs"]
mod stage;

use coldlight::app::screens::room;
use coldlight::app::{App, Event, Key, Screen};
use coldlight::device::console::mode::{Channel, Format, Mode};
use coldlight::device::console::surface::Surface;
use coldlight::qr::{Luma, read};
use coldlight::ui::canvas::Pixels;
use coldlight::ui::{Canvas, Palette, Show};
use ratatui::Terminal;
use ratatui::backend::Backend;
use ratatui::buffer::Cell;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use stage::{Stage, payment_reel, settings};

const RGB: [(u32, u32); 3] = [(16, 8), (8, 8), (0, 8)];
const RGB565: [(u32, u32); 3] = [(11, 5), (5, 6), (0, 5)];

/// What lies between the lines must stay as it was.
const PADDING: u8 = 0xa5;

type Memory = Vec<u8>;

fn surface(bits: u32, width: u32, height: u32, padding: u32) -> Surface<Memory> {
    let places = if bits == 16 { RGB565 } else { RGB };
    let channels = places.map(|(offset, length)| Channel { offset, length });
    let format = Format::new(bits, channels).expect("a usual format");
    let line = width * bits / 8 + padding;
    let mode = Mode::new(width, height, line, format, line * height).expect("it fits");
    Surface::new(vec![PADDING; mode.bytes()], mode).expect("the fonts are whole")
}

/// The machine's screen, and the app on it.
struct Desk {
    terminal: Terminal<Surface<Memory>>,
    show: Show,
    stage: Stage,
}

impl Desk {
    fn new(bits: u32, width: u32, height: u32) -> Self {
        let mut backend = surface(bits, width, height, 0);
        let size = backend.size().expect("a size");
        let mut stage = Stage::with(settings(), size.width, size.height);
        stage.send(Event::Pixels(backend.pixels().expect("it has pixels").cell()));
        let terminal = Terminal::new(backend).expect("a terminal");
        Self { terminal, show: Show::default(), stage }
    }

    /// Shows what is on; gives what the demo coordinator sees.
    fn look(&mut self) -> Option<Luma> {
        let seen = self.show.frame(&mut self.terminal, Palette::True, &self.stage.app);
        seen.expect("a screen in memory never fails")
    }

    fn surface(&self) -> &Surface<Memory> {
        self.terminal.backend()
    }

    fn all(&self) -> Rect {
        Rect::from((ratatui::layout::Position::ORIGIN, self.surface().size().expect("a size")))
    }

    fn photograph(&self) -> Luma {
        self.surface().photograph(self.all(), 1).expect("there is something to see")
    }

    /// What a person reads: each cell's letter found by its pixels.
    fn text(&self) -> String {
        let font = self.surface().font();
        let letters: Vec<(char, Vec<Vec<bool>>)> = (' '..='~')
            .chain("─│┌┐└┘▒█·←→↑↓".chars())
            .map(|character| (character, shape(font.letter(character).rows, font)))
            .collect();
        let (picture, area) = (self.photograph(), self.all());
        let cell = font.cell();
        let (width, height) = (cell.across(1), cell.down(1));
        let mut text = String::new();
        for row in 0..usize::from(area.height) {
            for column in 0..usize::from(area.width) {
                let pixels: Vec<Vec<bool>> = (0..height)
                    .map(|y| {
                        let at = (row * height + y) * picture.width() as usize + column * width;
                        picture.data()[at..at + width].iter().map(|&light| light > 40).collect()
                    })
                    .collect();
                let found = letters.iter().find(|(_, shape)| same(shape, &pixels, height));
                text.push(found.map_or('?', |(character, _)| *character));
            }
            text.push('\n');
        }
        text
    }

    /// Is all that can be seen what the cells say, and nothing else?
    fn holds_only_its_cells(&mut self) {
        let fresh = {
            let area = self.all();
            let mut buffer = ratatui::buffer::Buffer::empty(area);
            let _ = coldlight::ui::draw::draw(&self.stage.app, &mut buffer, Palette::True);
            let mut other = self.blank();
            let cells = buffer.content.iter().enumerate().map(|(at, cell)| {
                let (x, y) = buffer.pos_of(at);
                (x, y, cell)
            });
            other.draw(cells).expect("a screen in memory never fails");
            other.memory().to_vec()
        };
        assert!(self.surface().memory() == fresh, "something is left:\n{}", self.text());
    }

    fn blank(&mut self) -> Surface<Memory> {
        let pixels = self.terminal.backend_mut().window_size().expect("a size").pixels;
        surface(32, pixels.width.into(), pixels.height.into(), 0)
    }
}

fn shape(rows: &[u32], font: &coldlight::device::console::font::Font) -> Vec<Vec<bool>> {
    let width = font.cell().across(1);
    rows.iter().map(|row| (0..width).map(|x| row << x >> 31 == 1).collect()).collect()
}

/// The same pixels, with or without a line under them.
fn same(shape: &[Vec<bool>], pixels: &[Vec<bool>], height: usize) -> bool {
    let line = height - height / 8..height - height / 8 + height / 16;
    shape.iter().zip(pixels).enumerate().all(|(y, (shape, pixels))| {
        shape == pixels || (line.contains(&y) && pixels.iter().all(|&lit| lit))
    })
}

/// A laptop's screen, a common one, a dense one.
const SCREENS: [(u32, u32); 3] = [(1366, 768), (1920, 1080), (3840, 2160)];

/// The modules of the code in `picture`, as runs of pixels along the first line of its finder
/// pattern: all the same multiple.
fn module_size(picture: &Luma) -> usize {
    let width = picture.width() as usize;
    let lines = picture.data().chunks(width);
    let runs = |line: &[u8]| -> Vec<(u8, usize)> {
        line.chunk_by(|a, b| a == b).map(|run| (run[0], run.len())).collect()
    };
    // quiet zone, then seven dark modules
    for line in lines {
        let runs = runs(line);
        let code = runs.iter().position(|&(light, length)| light == 255 && length > 8);
        let Some(start) = code else { continue };
        let [(255, quiet), (0, finder), ..] = runs[start..] else { continue };
        let one = finder / 7;
        if (quiet, finder) != (4 * one, 7 * one) {
            continue; // the quiet zone above
        }
        // up to the black behind the code, where words may follow
        let code = runs[start..].split(|&(light, _)| !matches!(light, 0 | 255)).next();
        let (_, code) = code.and_then(|code| code.split_last()).expect("the code is there");
        assert!(code.iter().all(|&(_, length)| length % one == 0), "modules of other sizes");
        return one;
    }
    panic!("no code is there");
}

#[test]
fn letters_read_back_as_letters_on_every_screen() {
    for (width, height) in SCREENS {
        let mut desk = Desk::new(32, width, height);
        desk.look();
        let text = desk.text();
        assert!(text.contains("Sign a payment"), "{width} x {height}:\n{text}");
        assert!(text.contains("not air-gapped: eth0, wlan0 are up"), "{text}");
        desk.stage.press(Key::Char('?'));
        desk.look();
        assert!(desk.text().contains("Help"), "{}", desk.text());
        desk.holds_only_its_cells();
    }
}

fn to_answer(stage: &mut Stage) {
    stage.walk_to_review();
    while let Screen::Review(_) = stage.app.screen() {
        stage.press(Key::Enter);
    }
    stage.type_keys("sign\n");
    stage.tick(1);
}

#[test]
fn the_answer_is_painted_in_whole_modules_on_real_white_and_read_from_the_pixels() {
    for (width, height) in SCREENS {
        for bits in [16, 24, 32] {
            if bits != 32 && width > 1366 {
                continue;
            }
            let mut desk = Desk::new(bits, width, height);
            to_answer(&mut desk.stage);
            desk.look();
            let picture = desk.photograph();
            let module = module_size(&picture);
            assert!(module >= 3, "{module} pixels a module");
            let Screen::Answer(answer) = desk.stage.app.screen() else { panic!("no answer") };
            let side = answer.code().expect("it fits").side() + 8;
            let height_free = desk.surface().font().cell().down(desk.all().height);
            assert_eq!(module, height_free / side, "as large as the screen allows");
            let white = picture.data().iter().filter(|&&light| light == 255).count();
            assert!(white > (side * module).pow(2) / 3);
            assert_eq!(read(&picture).len(), 1);
            // nothing else is bright
            let place = room(desk.stage.app.size());
            let words = Rect { x: place.columns, ..desk.all() }.intersection(desk.all());
            let words = desk.surface().photograph(words, 1).expect("words");
            let brightest = words.data().iter().max();
            assert!(brightest.is_some_and(|light| (80..160).contains(light)), "{brightest:?}");
        }
    }
}

#[test]
fn the_demo_coordinator_reads_the_painted_answer() {
    for (width, height) in SCREENS {
        let mut desk = Desk::new(32, width, height);
        to_answer(&mut desk.stage);
        for _ in 0..200 {
            if let Some(picture) = desk.look() {
                desk.stage.send(Event::OwnScreen(picture));
            }
            let Screen::Answer(answer) = desk.stage.app.screen() else { panic!("no answer") };
            if !answer.is_read() {
                break;
            }
            desk.stage.tick(250);
        }
        desk.look();
        assert!(desk.stage.text().contains("is valid"), "{}", desk.stage.text());
        // each code is looked at once
        assert!(desk.look().is_none());
        desk.stage.press(Key::Enter);
        desk.look();
        assert!(desk.text().contains("Demo coordinator: Valid"), "{}", desk.text());
        desk.holds_only_its_cells();
    }
}

#[test]
fn every_density_and_format_fits_and_nothing_of_a_larger_code_stays() {
    let mut desk = Desk::new(32, 1366, 768);
    to_answer(&mut desk.stage);
    for key in [']', ']', ']', 'f', 'f', 'f', 'f', 'f', 'w', 't', '[', '['] {
        desk.look();
        assert_eq!(read(&desk.photograph()).len(), 1, "before {key}:\n{}", desk.text());
        module_size(&desk.photograph());
        desk.stage.press(Key::Char(key));
    }
    desk.look();
    desk.stage.press(Key::Char('?'));
    desk.look();
    desk.holds_only_its_cells();
    desk.stage.press(Key::Esc);
    desk.look();
    assert_eq!(read(&desk.photograph()).len(), 1);
}

#[test]
fn the_cameras_picture_is_painted_in_its_frame_and_goes_with_it() {
    for (width, height) in SCREENS {
        let mut desk = Desk::new(32, width, height);
        desk.stage.type_keys("d\n");
        desk.stage.tick(1);
        desk.stage.type_keys("\n");
        desk.stage.send(Event::SourceOpened("demo".into()));
        desk.look();
        desk.holds_only_its_cells();
        desk.stage.preview();
        desk.stage.codes(&[&payment_reel().part(0)]);
        desk.look();
        let text = desk.text();
        assert!(text.contains("UR crypto-psbt") || text.contains("parts"), "{text}");
        let (x, y) = desk.surface().corner(2, 3);
        let grey = |desk: &Desk, x: u16, y: u16| {
            let cell = Rect { x, y, width: 1, height: 1 };
            desk.surface().photograph(cell, 1).expect("a cell").data().to_vec()
        };
        // from dark on the left to light on the right, in more than the five shades of letters
        let upper = grey(&desk, 2, 3);
        assert!(upper.iter().all(|&light| light < 32), "{x}, {y}: {upper:?}");
        let mut shades: Vec<u8> = (2..40).flat_map(|x| grey(&desk, x, 10)).collect();
        shades.sort_unstable();
        shades.dedup();
        assert!(shades.len() > 50, "{} greys", shades.len());
        let before = desk.photograph();
        desk.stage.press(Key::Char('m'));
        desk.look();
        assert!(desk.photograph().data() != before.data(), "mirrored");
        desk.stage.send(Event::SourceFailed("The camera was unplugged. Plug it in.".into()));
        desk.look();
        assert!(desk.text().contains("unplugged"), "{}", desk.text());
        desk.holds_only_its_cells();
        desk.stage.preview();
        desk.look();
        desk.stage.press(Key::Esc);
        desk.look();
        desk.holds_only_its_cells();
    }
}

#[test]
fn what_lies_between_the_lines_is_never_written() {
    for (bits, padding) in [(16, 3), (24, 1), (24, 7), (32, 5)] {
        let (width, height) = (653, 407);
        let mut surface = surface(bits, width, height, padding);
        let size = surface.size().expect("a size");
        assert_eq!((size.width, size.height), (81, 25));
        let mut cell = Cell::new("\u{2588}");
        cell.set_fg(Color::White).set_bg(Color::LightRed);
        let cells = (0..size.height + 3)
            .flat_map(|y| (0..size.width + 3).map(move |x| (x, y)))
            .map(|(x, y)| (x, y, &cell));
        surface.draw(cells).expect("a screen in memory never fails");
        let white = Luma::new(900, 900, vec![255; 810_000]).expect("the size fits the data");
        surface.paint(Rect::new(10, 5, 300, 300), &white);
        let line = (width * bits / 8 + padding) as usize;
        let pixels = (width * bits / 8) as usize;
        for line in surface.memory().chunks(line) {
            assert!(line[pixels..].iter().all(|&byte| byte == PADDING));
        }
        // five pixels in each line are beside the cells
        let lit = surface.photograph(Rect::new(0, 0, 81, 25), 1).expect("pixels");
        assert!(lit.data().iter().all(|&light| light == 255));
        let edge = surface.memory()[..pixels].iter().filter(|&&byte| byte != 0).count();
        assert_eq!(edge, 0, "the first lines are the margin");
    }
}

#[test]
fn where_the_kernel_draws_the_letters_white_is_always_bold() {
    let mut stage = Stage::new(80, 25);
    stage.palette = Palette::Console;
    let check = |stage: &Stage| {
        let (buffer, code) = stage.draw();
        let mut white = buffer.content.iter().filter(|cell| cell.fg == Color::White);
        assert!(white.all(|cell| cell.modifier.contains(Modifier::BOLD)), "{}", stage.text());
        code.is_some()
    };
    assert!(!check(&stage));
    to_answer(&mut stage);
    assert!(check(&stage));
}

#[test]
fn looks_of_cells_are_drawn() {
    let mut surface = surface(32, 640, 480, 0);
    let cell = |symbol: &'static str, modifier: Modifier| {
        let mut cell = Cell::new(symbol);
        cell.set_fg(Color::Rgb(255, 255, 255)).set_bg(Color::Rgb(0, 0, 0));
        cell.modifier = modifier;
        cell
    };
    let cells = [
        cell("A", Modifier::empty()),
        cell("A", Modifier::REVERSED),
        cell("A", Modifier::UNDERLINED),
        cell("\u{6f22}", Modifier::empty()),
        cell("\u{175}", Modifier::empty()),
        cell("w", Modifier::REVERSED),
    ];
    let places = cells.iter().zip(0..).map(|(cell, x)| (x, 0, cell));
    surface.draw(places).expect("a screen in memory never fails");
    let look = |x| surface.photograph(Rect::new(x, 0, 1, 1), 1).expect("a cell").data().to_vec();
    let (plain, reversed, underlined) = (look(0), look(1), look(2));
    assert!(plain.iter().zip(&reversed).all(|(a, b)| a ^ b == 255));
    assert_eq!(underlined[8 * 14..8 * 15], [255; 8]);
    assert_eq!(underlined[..8 * 14], plain[..8 * 14]);
    assert!(look(3).contains(&255), "the replacement can be seen");
    assert_eq!(look(4), look(5), "a letter without its marks is reversed");
}

#[test]
fn a_dropped_screen_is_black() {
    struct Kept<'a>(&'a mut Vec<u8>);
    impl std::ops::Deref for Kept<'_> {
        type Target = [u8];
        fn deref(&self) -> &[u8] {
            self.0
        }
    }
    impl std::ops::DerefMut for Kept<'_> {
        fn deref_mut(&mut self) -> &mut [u8] {
            self.0
        }
    }
    let channels = RGB.map(|(offset, length)| Channel { offset, length });
    let format = Format::new(32, channels).expect("a usual format");
    let mode = Mode::new(640, 480, 2560, format, 2560 * 480).expect("it fits");
    let mut memory = vec![PADDING; mode.bytes()];
    let surface = Surface::new(Kept(&mut memory), mode).expect("the fonts are whole");
    let mut terminal = Terminal::new(surface).expect("a terminal");
    let app = App::new(settings());
    let drawn = Show::default().frame(&mut terminal, Palette::True, &app);
    drawn.expect("a screen in memory never fails");
    assert!(terminal.backend().memory().iter().any(|&byte| byte != 0));
    drop(terminal);
    assert!(memory.iter().all(|&byte| byte == 0));
}
