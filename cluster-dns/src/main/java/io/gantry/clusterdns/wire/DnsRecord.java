package io.gantry.clusterdns.wire;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/// A resource record of class IN. Names are absolute, without the final dot.
public sealed interface DnsRecord {
    String name();

    int ttlSeconds();

    /// The type's number, see [RecordType].
    int type();

    /// A or AAAA, by the address.
    record Address(String name, int ttlSeconds, InetAddress address) implements DnsRecord {
        @Override
        public int type() {
            return address.getAddress().length == 4 ? RecordType.A : RecordType.AAAA;
        }
    }

    /// CNAME, PTR or NS: a record that is one name.
    record Pointer(String name, int ttlSeconds, int type, String target) implements DnsRecord {}

    record Srv(String name, int ttlSeconds, int priority, int weight, int port, String target) implements DnsRecord {
        @Override
        public int type() {
            return RecordType.SRV;
        }
    }

    record Txt(String name, int ttlSeconds, String text) implements DnsRecord {
        private static final int MAX_BYTES = 255;

        public Txt {
            if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
                throw new IllegalArgumentException("text longer than " + MAX_BYTES + " bytes");
            }
        }

        @Override
        public int type() {
            return RecordType.TXT;
        }
    }

    /// @param ttlSeconds also how long a negative answer may be kept
    record Soa(String name, int ttlSeconds, String server, String mailbox, int serial) implements DnsRecord {
        @Override
        public int type() {
            return RecordType.SOA;
        }
    }
}
