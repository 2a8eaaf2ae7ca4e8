package io.gantry.kubeproxy;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;

/// Objects from JSON with single quotes.
public final class Fixtures {
    private Fixtures() {}

    public static <T extends KubernetesObject> T json(Class<T> type, String text) {
        return Json.MAPPER.readValue(text.replace('\'', '"'), type);
    }

    /// A Service in `default` with port 80 named http; `spec` are further JSON members, each with a comma after it.
    public static Service service(String name, String clusterIp, String spec) {
        return loadBalancer(name, clusterIp, "", spec);
    }

    public static Service loadBalancer(String name, String clusterIp, String ingress, String spec) {
        String status = ingress.isEmpty() ? "" : "'loadBalancer':{'ingress':[{'ip':'" + ingress + "'}]}";
        String type = ingress.isEmpty() ? "" : "'type':'LoadBalancer',";
        String ports = spec.contains("'ports'") ? "" : "'ports':[{'name':'http','port':80,'protocol':'TCP'}],";
        return json(
                Service.class,
                "{'metadata':{'name':'" + name + "','namespace':'default'},'spec':{" + spec + ports + type
                        + "'clusterIP':'" + clusterIp + "'},'status':{" + status + "}}");
    }

    /// An IPv4 slice of the Service with port 8080 named http.
    public static EndpointSlice slice(String service, String endpoints) {
        return slice(service, endpoints, "{'name':'http','port':8080,'protocol':'TCP'}");
    }

    public static EndpointSlice slice(String service, String endpoints, String port) {
        return json(
                EndpointSlice.class,
                "{'metadata':{'name':'" + service + "-x','namespace':'default','labels':{'kubernetes.io/service-name':'"
                        + service + "'}},'addressType':'IPv4','ports':[" + port + "],'endpoints':[" + endpoints + "]}");
    }

    /// An endpoint that is ready.
    public static String endpoint(String ip, String node) {
        return "{'addresses':['" + ip + "'],'nodeName':'" + node + "','conditions':{'ready':true}}";
    }

    public static Node node(String name, String cidr, String ip) {
        return json(
                Node.class,
                "{'metadata':{'name':'" + name + "'},'spec':{'podCIDR':'" + cidr
                        + "'},'status':{'addresses':[{'type':'InternalIP','address':'" + ip + "'}]}}");
    }
}
