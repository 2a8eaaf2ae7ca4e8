/// What the memory and the embedded store share: an index of revisions, one committer, watches.
package io.gantry.store.mvcc;
