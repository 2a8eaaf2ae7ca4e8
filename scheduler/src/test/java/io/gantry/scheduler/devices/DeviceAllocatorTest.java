package io.gantry.scheduler.devices;

import static io.gantry.scheduler.testing.Objects.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.NodeSelector;
import io.gantry.api.resource.v1.deviceclass.DeviceClass;
import io.gantry.api.resource.v1.resourceclaim.AllocationResult;
import io.gantry.api.resource.v1.resourceclaim.DeviceRequestAllocationResult;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceslice.ResourceSlice;
import io.gantry.scheduler.devices.DeviceAllocator.Outcome;
import io.gantry.scheduler.testing.Objects;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which devices claims get on the node `a`, which has the label `zone=z`.
class DeviceAllocatorTest {
    private static final String ONE_SLICE = "'driver':'d','pool':{'name':'p','generation':1,'resourceSliceCount':1}";

    /// Slices by name: their specs.
    private static final Map<String, List<String>> CLUSTERS = Map.ofEntries(
            Map.entry("two", List.of(local("{'name':'x'},{'name':'y'}"))),
            Map.entry("models", List.of(local("""
                            {'name':'x','attributes':{'model':{'string':'a'},'n':{'int':1},'v':{'version':'1.2.0'},'numa':{'int':0}},
                             'capacity':{'mem':{'value':'8Gi'}}},
                            {'name':'y','attributes':{'model':{'string':'b'},'n':{'int':2},'v':{'version':'2.0.0'},'numa':{'int':1}},
                             'capacity':{'mem':{'value':'16Gi'}}},
                            {'name':'z','attributes':{'model':{'string':'b'},'n':{'int':3},'v':{'version':'2.1.0'},'numa':{'int':1},
                             'o/on':{'bool':true}},'capacity':{'mem':{'value':'16Gi'}}}"""))),
            Map.entry("other-node", List.of(ONE_SLICE + ",'nodeName':'b','devices':[{'name':'x'}]")),
            Map.entry("all-nodes", List.of(ONE_SLICE + ",'allNodes':true,'devices':[{'name':'x'}]")),
            Map.entry(
                    "zone",
                    List.of(ONE_SLICE + ",'nodeSelector':{'nodeSelectorTerms':[{'matchExpressions':[{'key':'zone',"
                            + "'operator':'In','values':['z']}]}]},'devices':[{'name':'x'}]")),
            Map.entry(
                    "each-its-own",
                    List.of(ONE_SLICE + ",'perDeviceNodeSelection':true,'devices':[{'name':'w','nodeName':'b'},"
                            + "{'name':'x','nodeName':'a'},{'name':'y','allNodes':true}]")),
            Map.entry(
                    "half-there",
                    List.of("'driver':'d','pool':{'name':'p','generation':1,'resourceSliceCount':2},'nodeName':'a',"
                            + "'devices':[{'name':'x'}]")),
            Map.entry("renewed", List.of(local("{'name':'x'}"), generation(2, "'nodeName':'a'", "{'name':'y'}"))),
            Map.entry("moved", List.of(local("{'name':'x'}"), generation(2, "'nodeName':'b'", "{'name':'y'}"))),
            Map.entry("twice", List.of(local("{'name':'x'},{'name':'x'}"))),
            Map.entry("tainted", List.of(local("""
                    {'name':'w','taints':[{'key':'k','value':'v','effect':'NoExecute'}]},
                    {'name':'x','taints':[{'key':'k','value':'v','effect':'NoSchedule'}]},
                    {'name':'y','taints':[{'key':'k','effect':'None'}]}"""))),
            Map.entry("shared", List.of(local("""
                    {'name':'x','allowMultipleAllocations':true,'capacity':{'mem':{'value':'10Gi','requestPolicy':
                     {'default':'1Gi','validRange':{'min':'1Gi','step':'1Gi','max':'8Gi'}}}}}"""))),
            Map.entry("whole", List.of(local("{'name':'x','capacity':{'mem':{'value':'8Gi'}}}"))),
            Map.entry(
                    "parts",
                    List.of(
                            "'driver':'d','pool':{'name':'p','generation':1,'resourceSliceCount':2},'nodeName':'a',"
                                    + "'sharedCounters':[{'name':'card','counters':{'mem':{'value':'8Gi'}}}]",
                            "'driver':'d','pool':{'name':'p','generation':1,'resourceSliceCount':2},'nodeName':'a',"
                                    + "'devices':[" + part("full", 8) + "," + part("half-0", 4) + ","
                                    + part("half-1", 4) + "]")),
            Map.entry(
                    "slow-first",
                    List.of(
                            pool(
                                    "a",
                                    "{'name':'x','bindsToNode':true,'bindingConditions':['Up'],'bindingFailureConditions':['Down']}"),
                            pool("b", "{'name':'y'}"))));

    private static String local(String devices) {
        return generation(1, "'nodeName':'a'", devices);
    }

    private static String generation(int number, String where, String devices) {
        return "'driver':'d','pool':{'name':'p','generation':" + number + ",'resourceSliceCount':1}," + where
                + ",'devices':[" + devices + "]";
    }

    private static String pool(String name, String devices) {
        return "'driver':'d','pool':{'name':'" + name + "','generation':1,'resourceSliceCount':1},'allNodes':true,"
                + "'devices':[" + devices + "]";
    }

    private static String part(String name, int size) {
        return "{'name':'" + name + "','consumesCounters':[{'counterSet':'card','counters':{'mem':{'value':'" + size
                + "Gi'}}}]}";
    }

    /// Claims are apart by a bar, requests by blanks: a name and what it asks for after an equals sign.
    private static ResourceClaim claim(String text, int number) {
        List<String> requests = new ArrayList<>();
        String constraints = "";
        for (String each : text.strip().split(" ")) {
            String[] parts = each.split("=", 2);
            if (parts[0].equals("match") || parts[0].equals("distinct")) {
                constraints = "{'" + parts[0] + "Attribute':'" + parts[1] + "'}";
            } else if (parts[1].startsWith("first:")) {
                requests.add("{'name':'" + parts[0] + "','firstAvailable':[" + alternatives(parts[1]) + "]}");
            } else {
                requests.add("{'name':'" + parts[0] + "','exactly':{" + wish(parts[1]) + "}}");
            }
        }
        return json(
                ResourceClaim.class,
                "{'metadata':{'name':'c" + number + "','namespace':'ns','uid':'" + number
                        + "'},'spec':{'devices':{'requests':[" + String.join(",", requests) + "],'constraints':["
                        + constraints + "],'config':[{'requests':['r'],'opaque':{'driver':'d','parameters':{}}}]}}}");
    }

    private static String alternatives(String text) {
        List<String> all = new ArrayList<>();
        for (String each : text.substring("first:".length()).split("/")) {
            all.add("{'name':'s" + all.size() + "'," + wish(each) + "}");
        }
        return String.join(",", all);
    }

    private static String wish(String text) {
        String rest = text.contains(":") ? text.substring(text.indexOf(':') + 1) : "";
        String any = "'deviceClassName':'any'";
        return switch (text.contains(":") ? text.substring(0, text.indexOf(':')) : text) {
            case "all" -> any + ",'allocationMode':'All'";
            case "admin" -> any + ",'adminAccess':true";
            case "class" -> "'deviceClassName':'" + rest + "'";
            case "cel" -> any + ",'selectors':[{'cel':{'expression':'" + escaped(rest) + "'}}]";
            case "mem" -> any + ",'capacity':{'requests':{'mem':'" + rest + "'}}";
            case "tolerating" -> any + ",'tolerations':[" + rest + "]";
            default -> any + ",'count':" + text;
        };
    }

    /// Single quotes are JSON's here.
    private static String escaped(String expression) {
        return expression.replace("'", "\\u0027");
    }

    private static final Map<String, DeviceClass> CLASSES = Map.of(
            "any",
            deviceClass("any", ""),
            "model-b",
            deviceClass(
                    "model-b",
                    "'selectors':[{'cel':{'expression':'" + escaped("device.attributes['d'].model == 'b'") + "'}}]"),
            "configured",
            deviceClass("configured", "'config':[{'opaque':{'driver':'d','parameters':{}}}]"));

    private static DeviceClass deviceClass(String name, String spec) {
        return json(DeviceClass.class, "{'metadata':{'name':'" + name + "'},'spec':{" + spec + "}}");
    }

    /// A name of the cluster, what others use there, the claims, and what they get: devices by request, or
    /// why they do not; an exclamation mark before what is wrong wherever it is tried.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', quoteCharacter = '\u0000', textBlock = """
            one                       ; two          ;       ; r=1                ; r=x
            two                       ; two          ;       ; r=2                ; r=x r=y
            too many                  ; two          ;       ; r=3                ; cannot allocate all claims
            of two requests           ; two          ;       ; r=1 s=1            ; r=x s=y
            of two claims             ; two          ;       ; r=1|r=1            ; r=x|r=y
            of two claims, too many   ; two          ;       ; r=1|r=2            ; cannot allocate all claims
            all                       ; two          ;       ; r=all              ; r=x r=y
            all of none               ; other-node   ;       ; r=all              ; cannot allocate all claims
            what others left          ; two          ; x     ; r=1                ; r=y
            not all are left          ; two          ; x     ; r=all              ; cannot allocate all claims
            beside others             ; two          ; x     ; r=admin            ; r=x*
            beside others, twice      ; two          ; x,y   ; r=admin s=admin    ; r=x* s=y*
            beyond the limit          ; two          ;       ; r=33               ; !claim ns/c0: number of requested devices 33 exceeds the claim limit of 32
            no such class             ; two          ;       ; r=class:no         ; !claim ns/c0, request r: could not retrieve device class no: deviceclass.resource.k8s.io "no" not found
            by class                  ; models       ;       ; r=class:model-b    ; r=y
            by number                 ; models       ;       ; r=cel:device.attributes['d'].n>1 ; r=y
            by version                ; models       ;       ; r=cel:device.attributes['d'].v.isGreaterThan(semver('2.0.0')) ; r=z
            by capacity               ; models       ;       ; r=cel:device.capacity['d'].mem.compareTo(quantity('10Gi'))>=0 ; r=y
            by another domain         ; models       ;       ; r=cel:has(device.attributes['o'].on)&&device.attributes['o'].on ; r=z
            by driver                 ; models       ;       ; r=cel:device.driver=='d' ; r=x
            with a bound name         ; models       ;       ; r=cel:cel.bind(a,device.attributes['d'],a.n==3) ; r=z
            none is meant             ; models       ;       ; r=cel:device.driver=='e' ; cannot allocate all claims
            no such attribute         ; models       ;       ; r=cel:device.attributes['d'].no==1 ; !claim ns/c0: selector #0: CEL runtime error: no such key: no
            no boolean                ; models       ;       ; r=cel:'a'          ; !claim ns/c0: selector #0: CEL compile error: must evaluate to bool or the unknown type, not string
            goes back                 ; models       ;       ; r=1 s=cel:device.attributes['d'].n==1 ; r=y s=x
            alike                     ; models       ;       ; r=2 match=d/model  ; r=y r=z
            not that many alike       ; models       ;       ; r=3 match=d/model  ; cannot allocate all claims
            unlike                    ; models       ;       ; r=2 distinct=d/model ; r=x r=y
            not that many unlike      ; models       ;       ; r=3 distinct=d/model ; cannot allocate all claims
            without the attribute     ; models       ;       ; r=1 match=d/no     ; cannot allocate all claims
            all, and they differ      ; models       ;       ; r=all match=d/model ; !claim ns/c0, request r: cannot add device d/p/y because a claim constraint would not be satisfied
            on another node           ; other-node   ;       ; r=1                ; cannot allocate all claims
            on all nodes              ; all-nodes    ;       ; r=1                ; r=x
            in the zone               ; zone         ;       ; r=1                ; r=x
            each says where           ; each-its-own ;       ; r=2                ; r=x r=y
            a slice is missing        ; half-there   ;       ; r=1                ; cannot allocate all claims
            all, and one is missing   ; half-there   ;       ; r=all              ; !claim ns/c0, request r: asks for all devices, but resource pool d/p is currently being updated
            of the new generation     ; renewed      ;       ; r=1                ; r=y
            the pool went away        ; moved        ;       ; r=1                ; cannot allocate all claims
            one name twice            ; twice        ;       ; r=1                ; invalid resource pools were encountered
            without a taint           ; tainted      ;       ; r=1                ; r=y
            tolerated                 ; tainted      ;       ; r=tolerating:{'key':'k','operator':'Equal','value':'v','effect':'NoSchedule'} ; r=x
            all tolerated             ; tainted      ;       ; r=tolerating:{'operator':'Exists'} ; r=w
            the first that is there   ; models       ;       ; r=first:cel:device.attributes['d'].n==9/cel:device.attributes['d'].n==2 ; r/s1=y
            the best                  ; two          ;       ; r=first:2/1        ; r/s0=x r/s0=y
            the next best             ; two          ; x     ; r=first:2/1        ; r/s1=y
            shares                    ; shared       ;       ; r=mem:4Gi s=mem:5500Mi ; r=x(4Gi) s=x(6Gi)
            more than there is        ; shared       ;       ; r=mem:5Gi s=mem:6Gi ; cannot allocate all claims
            more than a share may be  ; shared       ;       ; r=mem:9Gi          ; cannot allocate all claims
            a share by default        ; shared       ;       ; r=1                ; r=x(1Gi)
            what is left to share     ; shared       ; x:8Gi ; r=mem:2Gi          ; r=x(2Gi)
            less is left to share     ; shared       ; x:8Gi ; r=mem:3Gi          ; cannot allocate all claims
            large enough              ; whole        ;       ; r=mem:8Gi          ; r=x
            not large enough          ; whole        ;       ; r=mem:9Gi          ; cannot allocate all claims
            whole                     ; parts        ;       ; r=1                ; r=full
            in parts                  ; parts        ;       ; r=2                ; r=half-0 r=half-1
            not in three              ; parts        ;       ; r=3                ; cannot allocate all claims
            a part is gone            ; parts        ; half-1 ; r=1               ; r=half-0
            the whole is gone         ; parts        ; full  ; r=1                ; cannot allocate all claims
            those that need work last ; slow-first   ;       ; r=1                ; r=y
            """)
    void claimsGet(String what, String cluster, @Nullable String inUse, String claims, String expected) {
        List<DeviceRequestAllocationResult> others = inUse == null ? List.of() : results(inUse);
        assertEquals(expected, allocate(cluster, others, claims));
    }

    private static List<DeviceRequestAllocationResult> results(String inUse) {
        List<DeviceRequestAllocationResult> all = new ArrayList<>();
        for (String each : inUse.split(",")) {
            String[] parts = each.split(":");
            String share = parts.length == 1 ? "" : ",'shareID':'i','consumedCapacity':{'mem':'" + parts[1] + "'}";
            all.add(Json.MAPPER.readValue(
                    ("{'request':'q','driver':'d','pool':'p','device':'" + parts[0] + "'" + share + "}")
                            .replace('\'', '"'),
                    DeviceRequestAllocationResult.class));
        }
        return all;
    }

    private static String allocate(String cluster, List<DeviceRequestAllocationResult> inUse, String claims) {
        try {
            return switch (outcome(cluster, inUse, claims)) {
                case Outcome.NotThere(String reason) -> reason;
                case Outcome.Found(List<AllocationResult> results) ->
                    results.stream()
                            .map(result -> devices(result).stream()
                                    .map(DeviceAllocatorTest::text)
                                    .collect(Collectors.joining(" ")))
                            .collect(Collectors.joining("|"));
            };
        } catch (AllocationException wrong) {
            return "!" + wrong.getMessage();
        }
    }

    private static Outcome outcome(String cluster, List<DeviceRequestAllocationResult> inUse, String claims) {
        List<ResourceSlice> slices = new ArrayList<>();
        for (String spec : CLUSTERS.get(cluster)) {
            slices.add(
                    json(ResourceSlice.class, "{'metadata':{'name':'s" + slices.size() + "'},'spec':{" + spec + "}}"));
        }
        List<ResourceClaim> wanted = new ArrayList<>();
        for (String each : claims.split("\\|")) {
            wanted.add(claim(each, wanted.size()));
        }
        return new DeviceAllocator(
                        DevicesInUse.of(inUse),
                        name -> Optional.ofNullable(CLASSES.get(name)),
                        slices,
                        new DeviceSelectors(),
                        () -> "share",
                        Duration.ofSeconds(10))
                .allocate(Objects.node("a", "'zone':'z'", "").node(), wanted);
    }

    private static List<DeviceRequestAllocationResult> devices(AllocationResult result) {
        return java.util.Objects.requireNonNull(result.devices()).results();
    }

    private static String text(DeviceRequestAllocationResult result) {
        String consumed = new TreeMap<>(result.consumedCapacity())
                .values().stream().map(amount -> "(" + amount + ")").collect(Collectors.joining());
        return result.request() + "=" + result.device() + consumed
                + (Boolean.TRUE.equals(result.adminAccess()) ? "*" : "");
    }

    /// Where the devices can be used, by what gives them.
    @ParameterizedTest
    @CsvSource({"two,metadata.name=[a]", "all-nodes,", "zone,zone=[z]", "each-its-own,metadata.name=[a]"})
    void theNodesAreNamed(String cluster, @Nullable String nodes) {
        NodeSelector selector = first(outcome(cluster, List.of(), "r=1")).nodeSelector();
        String named = selector == null
                ? null
                : selector.nodeSelectorTerms().stream()
                        .flatMap(term -> Stream.concat(term.matchFields().stream(), term.matchExpressions().stream()))
                        .map(each -> each.key() + "=" + each.values())
                        .collect(Collectors.joining());
        assertEquals(nodes, named);
    }

    private static AllocationResult first(Outcome outcome) {
        return ((Outcome.Found) outcome).results().getFirst();
    }

    @Test
    void classesAndClaimsConfigure() {
        AllocationResult result = first(outcome("two", List.of(), "r=class:configured s=class:configured"));
        assertEquals(
                List.of("FromClass[r, s]", "FromClaim[r]"),
                java.util.Objects.requireNonNull(result.devices()).config().stream()
                        .map(config -> config.source() + config.requests())
                        .toList());
    }

    @Test
    void whatIsToBeAwaitedIsTakenOver() {
        AllocationResult result = first(outcome("slow-first", List.of(), "r=2"));
        DeviceRequestAllocationResult slow = devices(result).getLast();
        assertEquals(
                List.of("Up", "Down"),
                List.of(
                        slow.bindingConditions().getFirst(),
                        slow.bindingFailureConditions().getFirst()));
        assertEquals(
                "a",
                java.util.Objects.requireNonNull(result.nodeSelector())
                        .nodeSelectorTerms()
                        .getFirst()
                        .matchFields()
                        .getFirst()
                        .values()
                        .getFirst());
    }

    @Test
    void anEndlessSearchEnds() {
        List<String> devices = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            devices.add("{'name':'x" + i + "','attributes':{'n':{'int':" + i % 7 + "}}}");
        }
        ResourceSlice slice = json(
                ResourceSlice.class, "{'metadata':{'name':'s'},'spec':{" + local(String.join(",", devices)) + "}}");
        DeviceAllocator allocator = new DeviceAllocator(
                DevicesInUse.NONE,
                name -> Optional.ofNullable(CLASSES.get(name)),
                List.of(slice),
                new DeviceSelectors(),
                () -> "share",
                Duration.ofMillis(50));
        AllocationException ended = assertThrows(
                AllocationException.class,
                () -> allocator.allocate(
                        Objects.node("a").node(), List.of(claim("r=15 s=15 t=cel:device.driver=='no'", 0))));
        assertEquals("node a: timed out trying to allocate devices", ended.getMessage());
    }
}
