package io.gantry.kubelet.runtime;

import java.util.List;

/// How an image's files are mounted, read-only: one call of mount(2).
///
/// @param type e.g. `overlay` or `bind`
/// @param options as mount(8) spells them
public record ImageView(String type, String source, List<String> options) {
    public ImageView {
        options = List.copyOf(options);
    }
}
