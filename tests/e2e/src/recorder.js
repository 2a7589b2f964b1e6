// Added first by the tests' server. Keeps a list of everything a page must not do, in every engine:
// classic WebDriver has no console log. The list outlives a reload in sessionStorage.
(function () {
  "use strict";
  var KEY = "e2e-recorder";
  var list = [];
  try {
    list = JSON.parse(sessionStorage.getItem(KEY)) || [];
  } catch (refused) {}

  function keep() {
    try {
      sessionStorage.setItem(KEY, JSON.stringify(list));
    } catch (refused) {}
  }

  function record(kind, what) {
    list.push(kind + ": " + what);
    keep();
  }

  function words(value) {
    // Not every engine's stack begins with what happened.
    if (value instanceof Error) return [String(value), value.stack].join("\n");
    if (typeof value === "object" && value !== null) {
      try {
        return JSON.stringify(value);
      } catch (cyclic) {}
    }
    return String(value);
  }

  ["error", "warn"].forEach(function (level) {
    var original = console[level];
    console[level] = function () {
      record("console." + level, Array.prototype.map.call(arguments, words).join(" "));
      return original.apply(console, arguments);
    };
  });

  // While capturing, because a file that doesn't load doesn't bubble.
  addEventListener("error", function (event) {
    var target = event.target;
    if (target && target !== window && target.tagName) {
      record("not loaded", target.tagName.toLowerCase() + " " + (target.src || target.href));
    } else {
      record("error", event.message + " at " + event.filename + ":" + event.lineno);
    }
  }, true);

  addEventListener("unhandledrejection", function (event) {
    record("rejection", words(event.reason));
  });

  document.addEventListener("securitypolicyviolation", function (event) {
    record("policy", event.effectiveDirective + " refuses " + (event.blockedURI || "inline") +
      " at " + event.sourceFile + ":" + event.lineNumber);
  });

  function request(address) {
    var url;
    try {
      url = new URL(address, document.baseURI);
    } catch (invalid) {
      return;
    }
    if (/^(https?|wss?):$/.test(url.protocol) && url.origin !== location.origin) {
      record("foreign request", url.href);
    }
  }

  // What is asked for by script is seen when it is asked for, even if it never arrives.
  function watch(owner, name, address) {
    var original = owner && owner[name];
    if (!original) return;
    owner[name] = function () {
      request(address(arguments));
      return original.apply(this, arguments);
    };
  }
  watch(window, "fetch", function (a) { return a[0] && a[0].url || a[0]; });
  watch(window.XMLHttpRequest && XMLHttpRequest.prototype, "open", function (a) { return a[1]; });
  watch(navigator, "sendBeacon", function (a) { return a[0]; });

  // Everything else: images, scripts, styles, fonts.
  var observer = null;
  function resources(entries) {
    entries.forEach(function (entry) {
      var byScript = /^(fetch|xmlhttprequest|beacon)$/.test(entry.initiatorType);
      if (!byScript) request(entry.name);
    });
  }
  if (window.PerformanceObserver) {
    observer = new PerformanceObserver(function (seen) { resources(seen.getEntries()); });
    observer.observe({ type: "resource", buffered: true });
  }

  // Hands the list over and empties it.
  window.e2eComplaints = function () {
    if (observer) resources(observer.takeRecords());
    var taken = list;
    list = [];
    keep();
    return taken;
  };
})();
