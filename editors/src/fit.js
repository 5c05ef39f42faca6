// Shows a whole drawing beside what lies over the board.

/** Room around the drawing, in pixels, and how much larger it may be shown. */
const MARGIN = 20;
const LARGEST = 1.2;

/** Zoom so that all is seen; `left` and `top`: pixels that are taken by the palette or a headline. */
export function fit(canvas, left = 0, top = 0) {
  const { inner, outer } = canvas.viewbox();
  if (!inner.width || !outer.width) return;
  const [wide, high] = [outer.width - left - 2 * MARGIN, outer.height - top - 2 * MARGIN];
  const scale = Math.min(wide / inner.width, high / inner.height, LARGEST);
  const [width, height] = [outer.width / scale, outer.height / scale];
  const y = inner.y - (top + MARGIN + Math.max(0, (high - inner.height * scale) / 2)) / scale;
  canvas.viewbox({ x: inner.x - (left + MARGIN) / scale, y, width, height });
}
