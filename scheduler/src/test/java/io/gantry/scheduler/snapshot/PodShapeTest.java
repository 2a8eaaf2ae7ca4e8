package io.gantry.scheduler.snapshot;

import static io.gantry.scheduler.testing.Objects.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.core.v1.pod.Pod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodShapeTest {
    private static final String PLAIN =
            "'containers':[{'name':'c','image':'i','resources':{'requests':{'cpu':'1'}}}],'volumes':[{'name':'token-a','projected':{'sources':[]}}]";

    private static PodShape shape(String spec) {
        return new PodInfo(json(
                        Pod.class,
                        "{'metadata':{'name':'p','namespace':'n','labels':{'a':'b'}},'spec':{" + spec + "}}"))
                .shape();
    }

    /// One part of a spec replaced by another, and whether the pods still fare alike.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "token-a | token-b | true",
                "'name':'c' | 'name':'c','env':[{'name':'E','value':'1'}] | true",
                "'name':'c' | 'name':'c','volumeMounts':[{'name':'token-a','mountPath':'/t'}] | true",
                "'projected':{'sources':[]} | 'emptyDir':{} | true",
                "'projected':{'sources':[]} | 'persistentVolumeClaim':{'claimName':'x'} | false",
                "'image':'i' | 'image':'j' | false",
                "'cpu':'1' | 'cpu':'2' | false",
                "'containers' | 'priority':5,'containers' | false",
                "'containers' | 'nodeSelector':{'x':'y'},'containers' | false",
                "'containers' | 'tolerations':[{'operator':'Exists'}],'containers' | false",
                "'containers' | 'schedulerName':'other','containers' | false"
            })
    void podsAreAlikeWhenNothingThatPlacesThemDiffers(String part, String other, boolean alike) {
        assertEquals(alike, shape(PLAIN).equals(shape(PLAIN.replace(part, other))));
    }
}
