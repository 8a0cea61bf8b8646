//! Pages in a browser, where one is installed.

use plenary_report::{Browser, Drawing};

use crate::compact;

#[test]
fn a_browser_draws_a_page() {
    let Some(browser) = Browser::find() else {
        println!("no Chromium, Chrome or Edge is installed: nothing is drawn");
        return;
    };
    let page = compact();
    let pdf = browser.draw(&page, Drawing::Pdf).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    let png = browser.draw(&page, Drawing::Png).unwrap();
    assert!(png.starts_with(b"\x89PNG"));
    // The picture is as high as the page, and not as a window is.
    let height = u32::from_be_bytes(png.get(20..24).unwrap().try_into().unwrap());
    assert!((2000..16_000).contains(&height), "{height}");
}
