/// Pages on which every process tells the same of itself.
@org.jspecify.annotations.NullMarked
package io.gantry.client.pages;
