// Prints what the page's scripts and style sheet need that the oldest browsers don't have, a line for each; nothing, if all is well.
//
//     node floor.mjs ACORN CSS-TREE BROWSER-COMPAT-DATA 5=loader.js 2022=page.js sheet.css …
//
// A script is read at the level before its name. A style sheet is held against the data of MDN: each property, its keywords,
// selectors, at-rules, functions and units.

import fs from "node:fs";

const acorn = await import(process.argv[2]);
const csstree = await import(process.argv[3]);
const data = JSON.parse(fs.readFileSync(process.argv[4], "utf8"));

// The oldest browsers that the page is for.
const FLOOR = { chrome: 97, chrome_android: 97, safari: 16, safari_ios: 16 };

// What may be missing there, and why that is no loss.
const SPARED = new Map(Object.entries({
    "-webkit-tap-highlight-color": "only touch screens have it",
    "outline": "partly: its corners were square",
    "cursor: pointer": "phones have none",
    "accent-color": "partly: ticks stay in the system's own colours, or their contrast is chosen by it",
    ":has": "a chosen row has its mark anyway; on paper what could be left out isn't",
    "@page": "the size of the paper is then the printer's",
    "size": "likewise",
    "break-after: avoid": "a heading may end a sheet",
    "dvh": "vh stands before it",
}));

const found = new Set();

function script(file, level) {
    const text = fs.readFileSync(file, "utf8");
    const lines = text.split("\n");
    const options = { ecmaVersion: level, sourceType: /^\s*(import|export)\b/m.test(text) ? "module" : "script" };
    let tree;
    try {
        tree = acorn.parse(text, { ...options, locations: true });
    } catch (error) {
        const line = error.loc ? lines[error.loc.line - 1].trim().slice(0, 100) : "";
        found.add(`${file}: ${error.message} at the level of ES${level}: ${line}`);
    }
    // What of that level came to Safari with 16.4.
    visit(tree, (node) => {
        const line = () => `line ${node.loc.start.line}`;
        if (node.type === "StaticBlock") found.add(`${file}: a class with a static block, ${line()}`);
        if (node.regex && /\(\?<[=!]/.test(node.regex.pattern)) found.add(`${file}: a pattern that looks behind, ${line()}`);
    });
}

function visit(node, see) {
    if (!node || typeof node !== "object") return;
    if (node.type) see(node);
    for (const part of Array.isArray(node) ? node : Object.values(node)) visit(part, see);
}

// Since when each browser has it without a flag; a prefix counts as having it, for it is written with its prefix.
function lacks(compat) {
    return Object.entries(FLOOR).filter(([browser, floor]) => {
        const all = [].concat(compat.support[browser] || []);
        return !all.some((one) => !one.flags && !one.partial_implementation && one.version_added
            && parseFloat(String(one.version_added).replace("≤", "")) <= floor);
    }).map(([browser]) => browser);
}

function held(file, what, node) {
    if (!node || !node.__compat) return;
    const missing = lacks(node.__compat);
    if (missing.length && !SPARED.has(what)) found.add(`${file}: ${what} is not in ${missing.join(", ")}`);
}

function sheet(file) {
    const css = data.css;
    const tree = csstree.parse(fs.readFileSync(file, "utf8"), { parseCustomProperty: true, parseValue: true });
    const conditions = [];
    csstree.walk(tree, {
        enter(node) {
            // Within its own condition anything may stand.
            if (node.type === "Atrule" && node.name === "supports") conditions.push(node);
            if (conditions.length) return;
            if (node.type === "Raw") found.add(`${file}: not read: ${node.value.slice(0, 100)}`);
            if (node.type === "Atrule") held(file, `@${node.name}`, css["at-rules"][node.name]);
            if (node.type === "MediaFeature" || node.type === "Feature") {
                held(file, `@media (${node.name})`, css["at-rules"].media[node.name]);
            }
            if (node.type === "FeatureRange") found.add(`${file}: a range in @media`);
            if (/^Pseudo(Class|Element)Selector$/.test(node.type)) held(file, `:${node.name}`, css.selectors[node.name]);
            if (node.type === "NestingSelector") held(file, "&", css.selectors.nesting);
            if (node.type === "Declaration" && !node.property.startsWith("--")) {
                const own = css.properties[node.property] || css.properties[csstree.property(node.property).basename];
                if (!own) found.add(`${file}: nobody knows the property ${node.property}`);
                held(file, node.property, own);
                csstree.walk(node.value, (part) => {
                    const keyword = part.type === "Identifier" && own && own[part.name];
                    if (keyword) held(file, `${node.property}: ${part.name}`, keyword);
                });
            }
            if (node.type === "Function") held(file, `${node.name}()`, css.types[node.name] || css.types.color[node.name]);
            if (node.type === "Dimension") held(file, node.unit, unit(css.types.length, node.unit));
        },
        leave(node) {
            if (node === conditions[conditions.length - 1]) conditions.pop();
        },
    });
}

function unit(lengths, name) {
    const size = { d: "dynamic", l: "large", s: "small" }[name[0]];
    if (size && /^[dls]v(h|w|i|b|min|max)$/.test(name)) return lengths[`viewport_percentage_units_${size}`];
    return /^cq/.test(name) ? lengths.container_query_length_units : lengths[name];
}

for (const argument of process.argv.slice(5)) {
    const [, level, file] = argument.match(/^(?:(\d+)=)?(.*)$/);
    if (level) script(file, Number(level));
    else sheet(file);
}
for (const line of found) console.log(line);
