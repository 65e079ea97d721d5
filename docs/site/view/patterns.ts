/** What tells bars apart without their colour, drawn in the colour that is set. */

export function stripes(context: CanvasRenderingContext2D, x: number, y: number, w: number, h: number): void {
  context.lineWidth = 1.5;
  context.beginPath();
  for (let line = x - h; line < x + w; line += 6) {
    context.moveTo(line, y + h);
    context.lineTo(line + h, y);
  }
  context.stroke();
}

export function dots(context: CanvasRenderingContext2D, x: number, y: number, w: number, h: number): void {
  for (let row = y + 2; row < y + h - 1; row += 4) {
    for (let place = x + 2; place < x + w - 1; place += 4) context.fillRect(place, row, 2, 2);
  }
}
