//! A progress bar on stderr, where that is a terminal and the person did not ask for quiet.

use super::context::Context;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, stderr};
use std::time::Duration;

/// A bar over `total` steps; a spinner that counts where the total is unknown; nothing where nobody looks.
pub(super) fn bar(ctx: &Context, total: Option<u64>, unit: &str) -> ProgressBar {
    if ctx.quiet || !stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let template = match total {
        Some(_) => format!("{{bar:32.cyan}} {{pos}}/{{len}} {unit}, {{per_sec}}, {{eta}} left {{msg}}"),
        None => format!("{{spinner:.cyan}} {{pos}} {unit}, {{elapsed}} {{msg}}"),
    };
    let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr_with_hz(8));
    if let Ok(style) = ProgressStyle::with_template(&template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
