package io.gantry.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Scans by ranges, page after page, so that values and what is made of them are never there twice.
final class PagedScan {
    private static final int PAGE = 2000;

    private PagedScan() {}

    static <T> Scan<T> of(Store store, String prefix, Function<Entry, T> form) {
        List<T> items = new ArrayList<>();
        Range range = Range.prefix(prefix).withLimit(PAGE);
        while (true) {
            try {
                RangeResult page = store.range(range);
                page.entries().forEach(entry -> items.add(form.apply(entry)));
                if (!page.more()) {
                    return new Scan<>(items, page.revision());
                }
                range = range.from(page.entries().getLast().key() + "\0").withRevision(page.revision());
            } catch (CompactedException e) {
                items.clear();
                range = Range.prefix(prefix).withLimit(PAGE);
            }
        }
    }
}
