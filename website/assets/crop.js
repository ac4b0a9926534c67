// A piece of a page's picture with an amount's box marked, and what is printed before it in its row; in points.
(() => {
  const LEAST_WIDTH = 330, LEAST_HEIGHT = 84, AROUND = 30;
  window.gongkai.crop = ([address, width, height], [x0, y0, x1, y1], said) => {
    const { node } = window.gongkai;
    const across = Math.min(width, Math.max(LEAST_WIDTH, x1 - x0 + 2 * AROUND));
    const down = Math.min(height, Math.max(LEAST_HEIGHT, y1 - y0 + 2 * AROUND));
    const left = Math.min(Math.max(x1 + AROUND - across, 0), width - across);
    const top = Math.min(Math.max((y0 + y1 - down) / 2, 0), height - down);
    const per = (part, whole) => `${((100 * part) / whole).toFixed(2)}%`;
    const picture = node("img", { src: address, alt: said, loading: "lazy", decoding: "async" });
    picture.style.cssText = `width:${per(width, across)};left:${per(-left, across)};top:${per(-top, down)}`;
    const mark = node("i", { "aria-hidden": "true" });
    mark.style.cssText = `left:${per(x0 - left, across)};top:${per(y0 - top, down)};width:${per(x1 - x0, across)};height:${per(y1 - y0, down)}`;
    const crop = node("span", { class: "crop" }, picture, mark);
    crop.style.aspectRatio = `${across}/${down}`;
    return crop;
  };
})();
