/// Label and field selectors, as objects and as text, with upstream's errors. Pure.
package io.gantry.api.selector;
