package io.gantry.client.http2;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The fields that both ends of a connection remember for one direction (RFC 7541, section 2.3): a fixed table, then
/// those that were sent lately, the newest first.
final class HeaderTable {
    /// One field.
    record Field(String name, String value) {
        private static final int OVERHEAD = 32;

        int size() {
            return name.length() + value.length() + OVERHEAD;
        }
    }

    static final int DEFAULT_BYTES = 4096;

    private static final List<Field> FIXED = fixed(
            ":authority|;:method|GET;:method|POST;:path|/;:path|/index.html;:scheme|http;:scheme|https;:status|200;"
                    + ":status|204;:status|206;:status|304;:status|400;:status|404;:status|500;accept-charset|;"
                    + "accept-encoding|gzip, deflate;accept-language|;accept-ranges|;accept|;"
                    + "access-control-allow-origin|;age|;allow|;authorization|;cache-control|;content-disposition|;"
                    + "content-encoding|;content-language|;content-length|;content-location|;content-range|;"
                    + "content-type|;cookie|;date|;etag|;expect|;expires|;from|;host|;if-match|;if-modified-since|;"
                    + "if-none-match|;if-range|;if-unmodified-since|;last-modified|;link|;location|;max-forwards|;"
                    + "proxy-authenticate|;proxy-authorization|;range|;referer|;refresh|;retry-after|;server|;"
                    + "set-cookie|;strict-transport-security|;transfer-encoding|;user-agent|;vary|;via|;"
                    + "www-authenticate|");

    /// The oldest first.
    private final List<Field> recent = new ArrayList<>();

    private int limit = DEFAULT_BYTES;
    private int size;

    private static List<Field> fixed(String text) {
        List<Field> fields = new ArrayList<>();
        for (String field : text.split(";")) {
            int bar = field.indexOf('|');
            fields.add(new Field(field.substring(0, bar), field.substring(bar + 1)));
        }
        return List.copyOf(fields);
    }

    Field get(int index) throws IOException {
        if (index >= 1 && index <= FIXED.size()) {
            return FIXED.get(index - 1);
        }
        int at = recent.size() - (index - FIXED.size());
        if (at < 0 || at >= recent.size()) {
            throw new IOException("a header names field " + index + ", which is not there");
        }
        return recent.get(at);
    }

    /// The index of this very field; 0 when it is not there.
    int find(String name, String value) {
        for (int i = recent.size() - 1; i >= 0; i--) {
            Field field = recent.get(i);
            if (field.value().equals(value) && field.name().equals(name)) {
                return FIXED.size() + recent.size() - i;
            }
        }
        for (int i = 0; i < FIXED.size(); i++) {
            if (FIXED.get(i).name().equals(name) && FIXED.get(i).value().equals(value)) {
                return i + 1;
            }
        }
        return 0;
    }

    /// The index of a fixed field of that name; 0 when there is none.
    static int findName(String name) {
        for (int i = 0; i < FIXED.size(); i++) {
            if (FIXED.get(i).name().equals(name)) {
                return i + 1;
            }
        }
        return 0;
    }

    void add(Field field) {
        size += field.size();
        recent.add(field);
        evict();
    }

    void setLimit(int bytes) {
        limit = bytes;
        evict();
    }

    int limit() {
        return limit;
    }

    private void evict() {
        while (size > limit && !recent.isEmpty()) {
            size -= recent.removeFirst().size();
        }
    }
}
