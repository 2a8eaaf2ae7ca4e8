/// Server-side Tables and PartialObjectMetadata: objects in smaller forms.
@org.jspecify.annotations.NullMarked
package io.gantry.apiserver.table;
