package io.gantry.api.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// All of [DecodersFuzzTest] as one target, whose first byte says which: Jazzer starts once and spends a few seconds of
/// CI on all. It leaves what breaks a decoder in a file `crash-…` in the module.
class EveryDecoderFuzz {
    /// @param seeds inputs to start from, without the first byte
    record Target(Supplier<Stream<byte[]>> seeds, Consumer<byte[]> check) {}

    private static final DecodersFuzzTest DECODERS = new DecodersFuzzTest();
    private static final List<Target> TARGETS = List.of(
            new Target(DecodersFuzzTest::jsonSeeds, DECODERS::jsonBodies),
            new Target(DecodersFuzzTest::yamlSeeds, DECODERS::yamlBodies),
            new Target(DecodersFuzzTest::protobufSeeds, DECODERS::protobufBodies),
            new Target(DecodersFuzzTest::patchSeeds, DECODERS::jsonPatches),
            new Target(DecodersFuzzTest::mergeSeeds, DECODERS::mergePatches),
            new Target(DecodersFuzzTest::mergeSeeds, DECODERS::strategicPatches),
            new Target(DecodersFuzzTest::applySeeds, DECODERS::applies),
            new Target(DecodersFuzzTest::selectorSeeds, DECODERS::selectors),
            new Target(DecodersFuzzTest::fieldSeeds, DECODERS::fieldSelectors),
            new Target(DecodersFuzzTest::quantitySeeds, DECODERS::quantities));

    static Stream<byte[]> seeds() {
        return IntStream.range(0, TARGETS.size())
                .boxed()
                .flatMap(number -> TARGETS.get(number).seeds().get().map(seed -> numbered(number, seed)));
    }

    private static byte[] numbered(int number, byte[] seed) {
        return ByteBuffer.allocate(seed.length + 1).put((byte) number).put(seed).array();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s", maxExecutions = 30_000)
    void everyDecoder(byte[] bytes) {
        if (bytes.length > 0) {
            Target target = TARGETS.get(Byte.toUnsignedInt(bytes[0]) % TARGETS.size());
            target.check().accept(Arrays.copyOfRange(bytes, 1, bytes.length));
        }
    }
}
