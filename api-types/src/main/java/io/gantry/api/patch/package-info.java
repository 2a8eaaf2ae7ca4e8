/// The three kinds of patches on trees: JSON patch, merge patch and strategic merge patch. Pure; errors are Statuses.
package io.gantry.api.patch;
