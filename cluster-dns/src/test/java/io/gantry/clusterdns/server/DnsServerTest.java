package io.gantry.clusterdns.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.clusterdns.upstream.CachingUpstream;
import io.gantry.clusterdns.upstream.Forwarder;
import io.gantry.clusterdns.upstream.Upstream;
import io.gantry.clusterdns.zone.ClusterZone;
import io.gantry.clusterdns.zone.FakeServices;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The JDK's own DNS client asks a real server over UDP and, for large answers, TCP.
final class DnsServerTest {
    private static final String ZONE = ".default.svc.cluster.local";
    private static DnsServer server;
    private static DnsServer outside;

    @BeforeAll
    static void start() throws IOException {
        FakeServices elsewhere = new FakeServices()
                .withService("ignored", "'clusterIP':'192.0.2.1'")
                .withService("www", "'clusterIP':'198.51.100.7','ports':[{'port':80}]");
        outside = start("example.org", elsewhere, query -> {
            throw new IOException("nobody");
        });
        FakeServices services = new FakeServices()
                .withService("web", "'clusterIP':'10.96.0.5','ports':[{'name':'http','port':80,'protocol':'TCP'}]")
                .withService("ext", "'type':'ExternalName','externalName':'www.default.svc.example.org'")
                .withService("alias", "'type':'ExternalName','externalName':'web.default.svc.cluster.local'")
                .withService("db", "'clusterIP':'None','ports':[{'name':'http','port':8080}]")
                .withService("early", "'clusterIP':'None','publishNotReadyAddresses':true")
                .withService("empty", "'clusterIP':'None'")
                .withService("many", "'clusterIP':'None'")
                .withSlice(
                        "db",
                        "{'addresses':['10.244.0.7'],'hostname':'db-0','conditions':{'ready':true}},"
                                + "{'addresses':['10.244.0.8'],'conditions':{'ready':true}},"
                                + "{'addresses':['10.244.0.9'],'hostname':'db-2','conditions':{'ready':false}}")
                .withSlice("early", "{'addresses':['10.244.0.10'],'conditions':{'ready':false}}")
                .withSlice("many", many());
        server = start(
                "cluster.local",
                services,
                new CachingUpstream(
                        new Forwarder(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), outside.port()))),
                        System::nanoTime));
    }

    private static DnsServer start(String domain, FakeServices services, Upstream upstream) throws IOException {
        ClusterZone zone = new ClusterZone(domain, "10.96.0.10", services, new SplittableRandom(1));
        return DnsServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new Resolver(zone, upstream, () -> true));
    }

    @AfterAll
    static void stop() {
        server.close();
        outside.close();
    }

    /// @param expected the values sorted and joined; `NODATA` or `NXDOMAIN` when there are none
    private record Case(String name, String type, String expected) {}

    @TestFactory
    Stream<DynamicTest> questions() {
        return Stream.of(
                        new Case("web" + ZONE, "A", "10.96.0.5"),
                        new Case("WEB" + ZONE, "A", "10.96.0.5"),
                        new Case("web" + ZONE, "AAAA", "NODATA"),
                        new Case("nope" + ZONE, "A", "NXDOMAIN"),
                        new Case("web.nowhere.svc.cluster.local", "A", "NXDOMAIN"),
                        new Case("default.svc.cluster.local", "A", "NODATA"),
                        new Case("svc.cluster.local", "A", "NODATA"),
                        new Case("_http._tcp.web" + ZONE, "SRV", "0 100 80 web.default.svc.cluster.local."),
                        new Case("_https._tcp.web" + ZONE, "SRV", "NXDOMAIN"),
                        new Case("_http._udp.web" + ZONE, "SRV", "NXDOMAIN"),
                        new Case("web" + ZONE, "SRV", "0 100 80 web.default.svc.cluster.local."),
                        new Case("5.0.96.10.in-addr.arpa", "PTR", "web.default.svc.cluster.local."),
                        new Case("7.0.244.10.in-addr.arpa", "PTR", "db-0.db.default.svc.cluster.local."),
                        new Case("8.0.244.10.in-addr.arpa", "PTR", "10-244-0-8.db.default.svc.cluster.local."),
                        new Case("db" + ZONE, "A", "10.244.0.7 10.244.0.8"),
                        new Case("db-0.db" + ZONE, "A", "10.244.0.7"),
                        new Case("10-244-0-8.db" + ZONE, "A", "10.244.0.8"),
                        new Case("db-2.db" + ZONE, "A", "NXDOMAIN"),
                        new Case(
                                "_http._tcp.db" + ZONE,
                                "SRV",
                                "0 50 8080 10-244-0-8.db.default.svc.cluster.local. "
                                        + "0 50 8080 db-0.db.default.svc.cluster.local."),
                        new Case("early" + ZONE, "A", "10.244.0.10"),
                        new Case("empty" + ZONE, "A", "NXDOMAIN"),
                        new Case("10-244-0-7.default.pod.cluster.local", "A", "10.244.0.7"),
                        new Case("nonsense.default.pod.cluster.local", "A", "NXDOMAIN"),
                        new Case("dns-version.cluster.local", "TXT", "1.1.0"),
                        new Case("ns.dns.cluster.local", "A", "10.96.0.10"),
                        new Case("cluster.local", "NS", "ns.dns.cluster.local."),
                        new Case("ext" + ZONE, "CNAME", "www.default.svc.example.org."),
                        new Case("ext" + ZONE, "A", "198.51.100.7"),
                        new Case("alias" + ZONE, "A", "10.96.0.5"),
                        new Case("www.default.svc.example.org", "A", "198.51.100.7"),
                        new Case("nope.default.svc.example.org", "A", "NXDOMAIN"))
                .map(c -> DynamicTest.dynamicTest(c.type + " " + c.name, () -> {
                    assertEquals(c.expected, ask(c.name, c.type));
                }));
    }

    @Test
    void largeAnswersComeOverTcp() throws NamingException {
        assertEquals(200, ask("many" + ZONE, "A").split(" ").length);
    }

    @Test
    void hostilePacketsDoNotStopTheServer() throws IOException, NamingException {
        Random random = new Random(42);
        try (DatagramSocket socket = new DatagramSocket()) {
            InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
            for (int i = 0; i < 5000; i++) {
                byte[] bytes = new byte[random.nextInt(80)];
                random.nextBytes(bytes);
                if (bytes.length > 12 && i % 2 == 0) {
                    bytes[2] = 1;
                    bytes[4] = 0;
                    bytes[5] = 1;
                }
                socket.send(new DatagramPacket(bytes, bytes.length, to));
            }
        }
        assertEquals("10.96.0.5", ask("web" + ZONE, "A"));
    }

    @Test
    void unknownNamesFailWhenNobodyAnswers() {
        assertThrows(NamingException.class, () -> ask(outside.port(), "www.example.net", "A"));
    }

    private static String many() {
        return java.util.stream.IntStream.range(0, 200)
                .mapToObj(i -> "{'addresses':['10.245.0." + i + "'],'conditions':{'ready':true}}")
                .collect(Collectors.joining(","));
    }

    private static String ask(String name, String type) throws NamingException {
        return ask(server.port(), name, type);
    }

    // The JDK has no other DNS client; the server asked is ours, and no object is read from its answers.
    @SuppressWarnings("BanJNDI")
    private static String ask(int port, String name, String type) throws NamingException {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put(Context.PROVIDER_URL, "dns://127.0.0.1:" + port);
        InitialDirContext context = new InitialDirContext(environment);
        try {
            Attribute found = context.getAttributes(name, new String[] {type}).get(type);
            if (found == null) {
                return "NODATA";
            }
            List<String> values = new ArrayList<>();
            for (Object value : Collections.list(found.getAll())) {
                values.add(value.toString());
            }
            return String.join(" ", new TreeSet<>(values));
        } catch (NameNotFoundException e) {
            return "NXDOMAIN";
        } finally {
            context.close();
        }
    }
}
