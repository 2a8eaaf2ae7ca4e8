package io.gantry.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsTest {
    /// A line of Prometheus' text format: a comment, or a name with labels and a number.
    private static final Pattern LINE = Pattern.compile(
            "# TYPE \\w+ (counter|gauge|histogram)|\\w+(\\{(\\w+=\"([^\"\\\\]|\\\\.)*\",?)*})? -?[0-9.E+Inf-]+");

    @Test
    void aProcessTellsOfItselfWithoutAnyMeter() {
        String text = new Metrics().scrape();
        for (String name : List.of(
                "process_cpu_seconds_total ",
                "process_resident_memory_bytes ",
                "process_max_fds ",
                "process_virtual_memory_max_bytes ",
                "kubernetes_build_info{")) {
            assertTrue(text.contains("\n" + name), name + " in\n" + text);
        }
        text.lines().forEach(line -> assertTrue(LINE.matcher(line).matches(), line));
    }

    @Test
    void countsAndHistogramsAreShownWithTheirLabels() {
        Counts counts = Counts.counter("a_total", "x");
        counts.of("1\"").add(3);
        assertEquals("# TYPE a_total counter\na_total{x=\"1\\\"\"} 3\n", counts.text());
        Histogram histogram = new Histogram("h", List.of(), 1);
        histogram.of().observe(1);
        histogram.of().observe(2);
        assertEquals("""
                # TYPE h histogram
                h_bucket{le="1.0"} 1
                h_bucket{le="+Inf"} 2
                h_sum 3.0
                h_count 2
                """, histogram.text());
    }
}
