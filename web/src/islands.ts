// Small things that need a hand. Every page says the same without them.
import { brushes } from "./brush";
import { opensEvidence } from "./drawer";
import { figures } from "./figures";
import { forms } from "./forms";
import { keys } from "./keys";
import { sizes } from "./sizes";
import { slides } from "./slide";

opensEvidence();
figures();
forms();
keys();
slides();
sizes();
brushes();
// A page that is worked out is loaded again in its place, and begins at its head.
if (document.querySelector("main > .working:not(.more)")) history.scrollRestoration = "manual";
// What asks again goes to its head, unless it was asked for a place in it: a load of the whole address keeps that.
const again = document.querySelector<HTMLMetaElement>('meta[http-equiv="refresh"]');
if (again && location.hash) setTimeout(() => location.reload(), Number.parseInt(again.content, 10) * 1000);
// On a phone the way around is wider than the screen: where one is stands in sight.
const nav = document.querySelector<HTMLElement>(".top nav");
const at = nav?.querySelector<HTMLElement>("[aria-current]");
const ticks = document.querySelector<HTMLElement>(".ticks");
const day = ticks?.querySelector<HTMLElement>("[aria-current]") ?? ticks?.querySelector<HTMLElement>("li:last-child");
if (ticks && day) ticks.scrollLeft += day.getBoundingClientRect().left - ticks.clientWidth / 2;
if (nav && at) nav.scrollLeft += at.getBoundingClientRect().left - nav.clientWidth / 3;
// Keys go from case to case: the one that is open stands in sight in the list, as the page's head stays where it is.
const cases = document.querySelector<HTMLElement>(".review .list");
const shown = cases?.querySelector<HTMLElement>("[aria-current]");
if (cases && shown) cases.scrollTop += shown.getBoundingClientRect().top - cases.getBoundingClientRect().top - cases.clientHeight / 3;
