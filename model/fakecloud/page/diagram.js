// The state diagrams of a domain and of a listener.

// Each diagram has nodes with their places, and arrows: from, to, text, and where the line is
// not straight, its path and the place of the text.
const diagrams = {
  domain: {
    nodes: { "off": [80, 24], "on, configuring": [280, 24], "on": [280, 104], "off, configuring": [80, 104], "bound, not in effect": [80, 184], "on, new one not in effect": [280, 184] },
    arrows: [
      ["off", "on, configuring", "setOn"], ["on, configuring", "on", "finished"], ["on", "off, configuring", "setOff"], ["off, configuring", "off", "finished"],
      ["off", "bound, not in effect", "setProtected", "M10 24 H3 V184 H10", [56, 152]], ["bound, not in effect", "on", "lifted", "M110 170 L225 119", [168, 142]], ["on", "on, new one not in effect", "setProtected"],
    ],
  },
  listener: {
    nodes: { "Provisioning": [80, 24], "Running": [280, 24], "Configuring": [280, 104], "Stopped": [80, 104] },
    arrows: [
      ["Provisioning", "Running", "provisioned"], ["Running", "Configuring", "change", "M255 38 V88", [242, 64]], ["Configuring", "Running", "jobEnds", "M305 90 V40", [322, 64]],
      ["Running", "Stopped", "stop", "M222 34 L130 90", [176, 62]], ["Stopped", "Configuring", "start", "M150 104 H208", [180, 126]],
    ],
  },
};

const half = { x: 70, y: 14 }; // of a node

function drawDiagram(kind, current) {
  const { nodes, arrows } = diagrams[kind], height = Math.max(...Object.values(nodes).map(([, y]) => y)) + 30;
  const svg = shape("svg", { viewBox: "0 0 360 " + height, role: "img", "aria-label": text("diagram", text("node." + current)) });
  const tip = shape("marker", { id: "tip", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" });
  tip.append(shape("path", { d: "M0 0 L8 4 L0 8 Z" }));
  svg.append(tip, ...arrows.flatMap(a => drawArrow(nodes, a)));
  for (const [name, [x, y]] of Object.entries(nodes)) {
    const g = shape("g", name === current ? { class: "current" } : {});
    g.append(shape("rect", { x: x - half.x, y: y - half.y, width: 2 * half.x, height: 2 * half.y }), shape("text", { x, y }, text("node." + name)));
    svg.append(g);
  }
  return svg;
}

function shape(name, attributes, content) {
  const e = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
  if (content) e.textContent = content;
  return e;
}

function drawArrow(nodes, [from, to, name, way, at]) {
  const [a, b] = [nodes[from], nodes[to]], across = a[1] === b[1];
  const sign = across ? Math.sign(b[0] - a[0]) : Math.sign(b[1] - a[1]);
  const straight = across ? `M${a[0] + sign * half.x} ${a[1]} H${b[0] - sign * (half.x + 2)}` : `M${a[0]} ${a[1] + sign * half.y} V${b[1] - sign * (half.y + 2)}`;
  const [x, y] = at || [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + (across ? -8 : 0)];
  return [shape("path", { d: way || straight }), shape("text", { x, y, class: "on" }, text("arrow." + name))];
}
