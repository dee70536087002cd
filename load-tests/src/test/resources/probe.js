// Tells the page around it what a reader would see of this one.
const problems = [];
addEventListener("error", (event) => problems.push(String(event.message)));
addEventListener("unhandledrejection", (event) => problems.push(String(event.reason)));
addEventListener("load", () => {
  const charts = [...document.querySelectorAll("svg")];
  const drawn = (chart) =>
    chart.getBoundingClientRect().width > 200 &&
    [...chart.querySelectorAll("rect, polyline")].some((mark) => {
      const box = mark.getBoundingClientRect();
      return box.width > 0 && box.height > 0;
    });
  const small = charts
    .flatMap((chart) => [...chart.querySelectorAll("text")])
    .filter((text) => text.textContent && text.getBoundingClientRect().height < 9);
  parent.postMessage(
    {
      width: innerWidth,
      problems,
      charts: charts.length,
      empty: charts.filter((chart) => !drawn(chart)).map((chart) => chart.getAttribute("aria-label")),
      unreadable: small.length,
      wider: document.documentElement.scrollWidth > innerWidth,
      heading: document.querySelector("h1").textContent,
    },
    "*",
  );
});
