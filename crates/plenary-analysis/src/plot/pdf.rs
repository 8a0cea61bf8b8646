//! A scene as PDF, with its font, so that its texts can be searched and copied.

use std::collections::BTreeMap;
use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::types::{CidFontType, FontFlags, LineJoinStyle, SystemInfo, UnicodeCmap};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

use super::PlotError;
use super::font::{DATA, Font};
use super::scene::{Colour, Mark, Place, Scene, Text};

/// Points of a PDF in one pixel: 72 in an inch against 96.
const POINTS: f64 = 0.75;

const FONT: Name<'_> = Name(b"F1");
const IDENTITY: SystemInfo<'_> = SystemInfo {
    registry: Str(b"Adobe"),
    ordering: Str(b"Identity"),
    supplement: 0,
};

/// A state of the graphics for each opacity.
fn opacity_name(opacity: f64) -> Vec<u8> {
    format!("O{:.0}", opacity * 1000.0).into_bytes()
}

pub(super) fn write(scene: &Scene, font: &Font<'_>) -> Result<Vec<u8>, PlotError> {
    let mut refs = (1..).map(Ref::new);
    let mut next = || {
        refs.next()
            .ok_or_else(|| PlotError::Drawing("too many objects".to_owned()))
    };
    let [catalogue, pages, page, content] = [next()?, next()?, next()?, next()?];
    let [info, face, cid, descriptor] = [next()?, next()?, next()?, next()?];
    let [program, to_unicode] = [next()?, next()?];
    let (width, height) = (
        f64::from(scene.width) * POINTS,
        f64::from(scene.height) * POINTS,
    );
    let mut pdf = Pdf::new();
    let mut root = pdf.catalog(catalogue);
    root.pages(pages).lang(TextStr("en"));
    root.viewer_preferences().display_doc_title(true);
    root.finish();
    pdf.pages(pages).kids([page]).count(1);
    pdf.document_info(info)
        .title(TextStr(&scene.title))
        .subject(TextStr(&scene.description))
        .creator(TextStr(concat!("plenary ", env!("CARGO_PKG_VERSION"))));
    let mut opacities: BTreeMap<Vec<u8>, f64> = BTreeMap::new();
    for mark in &scene.marks {
        if let Mark::Area { opacity, .. } = mark {
            opacities.insert(opacity_name(*opacity), *opacity);
        }
    }
    let mut of_page = pdf.page(page);
    let [right, top] = [width as f32, height as f32];
    of_page
        .media_box(Rect::new(0.0, 0.0, right, top))
        .parent(pages)
        .contents(content);
    let mut resources = of_page.resources();
    resources.fonts().pair(FONT, face);
    let mut states = resources.ext_g_states();
    for (name, opacity) in &opacities {
        let mut state = states
            .insert(Name(name))
            .start::<pdf_writer::writers::ExtGraphicsState<'_>>();
        state.non_stroking_alpha(*opacity as f32);
    }
    states.finish();
    resources.finish();
    of_page.finish();
    let drawn = draw(scene, font, height);
    let packed = packed(&drawn)?;
    pdf.stream(content, &packed).filter(Filter::FlateDecode);
    write_font(
        &mut pdf,
        scene,
        font,
        [face, cid, descriptor, program, to_unicode],
    )?;
    Ok(pdf.finish())
}

fn packed(data: &[u8]) -> Result<Vec<u8>, PlotError> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
    let written = packed.write_all(data).and_then(|()| packed.finish());
    written.map_err(|error| PlotError::Drawing(error.to_string()))
}

/// The marks; the origin of a PDF is at the lower left.
fn draw(scene: &Scene, font: &Font<'_>, height: f64) -> Vec<u8> {
    let place = |(x, y): Place| ((x * POINTS) as f32, (height - y * POINTS) as f32);
    let mut content = Content::new();
    content.set_line_join(LineJoinStyle::RoundJoin);
    for mark in &scene.marks {
        match mark {
            Mark::Line { places, pen } => {
                let [red, green, blue] = parts(pen.colour);
                content.set_stroke_rgb(red, green, blue);
                content.set_line_width((pen.width * POINTS) as f32);
                let dashes = pen.dashes.iter().map(|dash| (dash * POINTS) as f32);
                content.set_dash_pattern(dashes, 0.0);
                outline(&mut content, places, place);
                content.stroke();
            }
            Mark::Area {
                places,
                colour,
                opacity,
            } => {
                let [red, green, blue] = parts(*colour);
                content.save_state();
                content.set_parameters(Name(&opacity_name(*opacity)));
                content.set_fill_rgb(red, green, blue);
                outline(&mut content, places, place);
                content.close_path().fill_nonzero().restore_state();
            }
            Mark::Dot {
                centre,
                radius,
                colour,
            } => {
                let [red, green, blue] = parts(*colour);
                content.set_fill_rgb(red, green, blue);
                circle(&mut content, place(*centre), (radius * POINTS) as f32);
                content.fill_nonzero();
            }
            Mark::Text(text) => write_text(&mut content, text, font, place),
        }
    }
    content.finish().to_vec()
}

fn parts(Colour(red, green, blue): Colour) -> [f32; 3] {
    [red, green, blue].map(|channel| f32::from(channel) / 255.0)
}

fn outline(content: &mut Content, places: &[Place], place: impl Fn(Place) -> (f32, f32)) {
    for (at, of) in places.iter().enumerate() {
        let (x, y) = place(*of);
        match at {
            0 => content.move_to(x, y),
            _ => content.line_to(x, y),
        };
    }
}

/// Four curves, which are a circle to the eye.
fn circle(content: &mut Content, (x, y): (f32, f32), radius: f32) {
    let handle = radius * 0.552_284_8;
    content.move_to(x + radius, y);
    for (sin, cos) in [(1.0, 0.0), (0.0, -1.0), (-1.0, 0.0), (0.0, 1.0f32)] {
        // The quarter that ends at the angle of this sine and cosine.
        let (from, to) = ((sin, -cos), (cos, sin));
        content.cubic_to(
            x + from.0 * radius + to.0 * handle,
            y + from.1 * radius + to.1 * handle,
            x + to.0 * radius + from.0 * handle,
            y + to.1 * radius + from.1 * handle,
            x + to.0 * radius,
            y + to.1 * radius,
        );
    }
    content.close_path();
}

fn write_text(
    content: &mut Content,
    text: &Text,
    font: &Font<'_>,
    place: impl Fn(Place) -> (f32, f32),
) {
    let glyphs = text.text.chars().map(|letter| font.glyph(letter).0);
    let glyphs: Vec<u8> = glyphs.flat_map(u16::to_be_bytes).collect();
    let (x, y) = place((text.start(font), text.at.1));
    let [red, green, blue] = parts(text.colour);
    content.set_fill_rgb(red, green, blue);
    content.begin_text();
    content.set_font(FONT, (text.size * POINTS) as f32);
    content.next_line(x, y);
    content.show(Str(&glyphs));
    content.end_text();
}

/// The font, whole: it is smaller than most pictures. Its glyphs go by their own numbers.
fn write_font(
    pdf: &mut Pdf,
    scene: &Scene,
    font: &Font<'_>,
    [face, cid, descriptor, program, to_unicode]: [Ref; 5],
) -> Result<(), PlotError> {
    let name = Name(b"Arimo");
    // Units of a PDF's fonts are thousandths.
    let units = 1000.0 / font.units();
    let of_face = font.face();
    let letters = scene.texts().flat_map(|text| text.text.chars());
    let glyphs: BTreeMap<u16, char> = letters.map(|c| (font.glyph(c).0, c)).collect();
    pdf.type0_font(face)
        .base_font(name)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(cid)
        .to_unicode(to_unicode);
    let mut of_cid = pdf.cid_font(cid);
    of_cid
        .subtype(CidFontType::Type2)
        .base_font(name)
        .system_info(IDENTITY)
        .font_descriptor(descriptor)
        .default_width(0.0)
        .cid_to_gid_map_predefined(Name(b"Identity"));
    let mut widths = of_cid.widths();
    for glyph in glyphs.keys() {
        let width = font.advance(ttf_parser::GlyphId(*glyph)) * units;
        widths.consecutive(*glyph, [width as f32]);
    }
    widths.finish();
    of_cid.finish();
    let corners = of_face.global_bounding_box();
    let unit = |value: i16| (f64::from(value) * units) as f32;
    let [left, bottom, right, top] =
        [corners.x_min, corners.y_min, corners.x_max, corners.y_max].map(unit);
    pdf.font_descriptor(descriptor)
        .name(name)
        .flags(FontFlags::NON_SYMBOLIC)
        .bbox(Rect::new(left, bottom, right, top))
        .italic_angle(0.0)
        .ascent(unit(of_face.ascender()))
        .descent(unit(of_face.descender()))
        .cap_height(unit(
            of_face
                .capital_height()
                .unwrap_or_else(|| of_face.ascender()),
        ))
        .stem_v(80.0)
        .font_file2(program);
    let data = packed(DATA)?;
    let mut stream = pdf.stream(program, &data);
    stream.filter(Filter::FlateDecode);
    stream.pair(
        Name(b"Length1"),
        i32::try_from(DATA.len()).unwrap_or(i32::MAX),
    );
    stream.finish();
    let mut map = UnicodeCmap::new(Name(b"Custom"), IDENTITY);
    for (glyph, letter) in &glyphs {
        map.pair(*glyph, *letter);
    }
    let map = map.finish();
    pdf.cmap(to_unicode, &map);
    Ok(())
}
