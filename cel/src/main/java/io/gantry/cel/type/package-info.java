/// The types of values in CEL as schemas declare them.
package io.gantry.cel.type;
