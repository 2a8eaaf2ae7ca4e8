/// HorizontalPodAutoscalers (upstream `pkg/controller/podautoscaler`): metrics in, the size of a scale out.
@org.jspecify.annotations.NullMarked
package io.gantry.controllermanager.podautoscaler;
