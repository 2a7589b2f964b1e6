// How the tests find things: by what can be read on the page. Put before every script that looks.
function visible(element) {
  return element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible";
}

function plain(text) {
  return (text || "").replace(/\s+/g, " ").trim();
}

function words(element) {
  // As a screen reader names it: the label, where there is one, stands for the content.
  return plain(element.getAttribute("aria-label")) || plain(element.innerText) || plain(element.value);
}

// The elements with exactly this text; if there are none, those that begin with it.
function named(elements, text) {
  var seen = Array.prototype.filter.call(elements, visible);
  var exact = seen.filter(function (element) { return words(element) === plain(text); });
  return exact.length > 0 ? exact : seen.filter(function (element) { return words(element).startsWith(plain(text)); });
}

// One element, or null; more than one is the test's mistake, and an exception.
function only(elements, what) {
  if (elements.length > 1) {
    throw new Error(elements.length + " " + what + ": " + elements.map(words).join(" | "));
  }
  return elements[0] || null;
}

function button(text) {
  var pressable = "button, a[href], summary, input[type=submit], input[type=button], [role=button]";
  return only(named(document.querySelectorAll(pressable), text), "buttons begin with `" + text + "`");
}

function choice(text) {
  var labels = Array.prototype.filter.call(document.querySelectorAll("label"), function (label) {
    return label.control && /^(radio|checkbox)$/.test(label.control.type);
  });
  return only(named(labels, text), "choices begin with `" + text + "`");
}

function isField(element) {
  return visible(element) && !/^(radio|checkbox|submit|button|file|range|hidden)$/.test(element.type);
}

function onlyField() {
  return only(Array.prototype.filter.call(document.querySelectorAll("input, textarea"), isField), "fields on the page");
}

function field(label) {
  var labels = Array.prototype.filter.call(document.querySelectorAll("label"), function (found) {
    return found.control && isField(found.control);
  });
  var found = only(named(labels, label), "fields begin with `" + label + "`");
  return found && found.control;
}

function shown() {
  // Between two documents there is nothing to read.
  var part = document.querySelector("main") || document.body;
  return part ? plain(part.innerText) : "";
}
