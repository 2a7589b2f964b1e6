// Added by `cargo xtask serve --watch`: reloads the page when the server says that it was built anew.
(function () {
  "use strict";
  var seen = null;
  var events = new EventSource("xtask-reload");
  events.onmessage = function (event) {
    if (seen === null) {
      seen = event.data;
    } else if (event.data !== seen) {
      location.reload();
    }
  };
})();
