package io.gantry.benchmarks.limit;

import io.gantry.benchmarks.http.Call;
import io.gantry.benchmarks.http.LoadClient;
import io.gantry.benchmarks.http.Target;
import io.gantry.benchmarks.measure.ClosedLoop;
import io.gantry.benchmarks.measure.ProcessUse;
import io.gantry.benchmarks.measure.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// How many puts of 1 KB a second an etcd takes, over plain gRPC, which is HTTP/2: the same client measures it.
public final class EtcdLimit {
    private static final int BYTES = 1024;
    private static final int CONNECTIONS = 64;
    private static final int THREADS = 2;

    private EtcdLimit() {}

    /// @param address of a running etcd
    public static Result measure(
            InetSocketAddress address, ProcessUse server, int clients, Duration warmup, Duration time)
            throws IOException, InterruptedException {
        try (LoadClient http = LoadClient.connect(Target.plain(address), Math.min(clients, CONNECTIONS), THREADS)) {
            return new ClosedLoop(http, server).run("limit-etcd-puts", clients, warmup, time, new Puts(clients));
        }
    }

    private static final class Puts implements ClosedLoop.Work {
        private final long[] made;

        Puts(int clients) {
            made = new long[clients];
        }

        @Override
        public Call first() {
            return put("/registry/first");
        }

        @Override
        public Call next(int client) {
            return put("/registry/configmaps/bench/c" + client + "-" + made[client]++);
        }

        private static Call put(String key) {
            return new Call("POST", "/etcdserverpb.KV/Put", frame(key), "application/grpc", "", false);
        }

        @Override
        public boolean right(int client, int status, long bytes) {
            return status == 200 && bytes > 0; // an error has trailers and no message
        }
    }

    /// `PutRequest { bytes key = 1; bytes value = 2; }` in a gRPC frame.
    private static byte[] frame(String key) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        message.write(0x0a);
        message.write(keyBytes.length);
        message.writeBytes(keyBytes);
        message.write(0x12);
        message.write(BYTES & 0x7f | 0x80);
        message.write(BYTES >> 7);
        message.writeBytes(new byte[BYTES]);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0);
        int length = message.size();
        for (int shift = 24; shift >= 0; shift -= 8) {
            frame.write(length >> shift);
        }
        frame.writeBytes(message.toByteArray());
        return frame.toByteArray();
    }
}
