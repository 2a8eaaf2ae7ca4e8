/// Bytes of request bodies to trees, JSON and YAML, with limits on depth, aliases and size. Pure.
package io.gantry.api.decode;
