package io.gantry.benchmarks.limit;

import io.gantry.benchmarks.measure.Latencies;
import io.gantry.benchmarks.measure.Meter;
import io.gantry.benchmarks.measure.ProcessUse;
import io.gantry.benchmarks.measure.Result;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// How often a second the disk makes 2 KB durable.
public final class FsyncLimit {
    private static final int BYTES = 2048;

    private FsyncLimit() {}

    public static Result measure(Path directory, Duration time) throws IOException {
        Latencies latencies = new Latencies();
        Meter meter = new Meter(ProcessUse.unknown());
        try (FileChannel file =
                FileChannel.open(directory.resolve("fsync"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocateDirect(BYTES);
            while (meter.seconds() < time.toMillis() / 1e3) {
                long start = System.nanoTime();
                file.write(block.rewind());
                file.force(false);
                latencies.record(System.nanoTime() - start);
            }
        }
        return meter.result("limit-fsync", 1, latencies, 0);
    }
}
