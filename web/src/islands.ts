// Small things that need a hand. Every page says the same without them.
import { opensEvidence } from "./drawer";
import { figures } from "./figures";
import { forms } from "./forms";
import { keys } from "./keys";

opensEvidence();
figures();
forms();
keys();
// On a phone the way around is wider than the screen: where one is stands in sight.
const nav = document.querySelector<HTMLElement>(".top nav");
const at = nav?.querySelector<HTMLElement>("[aria-current]");
if (nav && at) nav.scrollLeft += at.getBoundingClientRect().left - nav.clientWidth / 3;
