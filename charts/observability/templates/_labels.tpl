{{- /* Labels of a part: list of the name and the root. */ -}}
{{- define "observability.selector" -}}
app.kubernetes.io/name: {{ index . 0 }}
app.kubernetes.io/instance: {{ (index . 1).Release.Name }}
{{- end -}}
{{- define "observability.labels" -}}
{{ include "observability.selector" . }}
app.kubernetes.io/managed-by: {{ (index . 1).Release.Service }}
app.kubernetes.io/part-of: sportbuff
{{- end -}}
{{- /* Those of what a Prometheus is to take. */ -}}
{{- define "observability.taken" -}}
{{ include "observability.labels" . }}
{{ toYaml (index . 1).Values.selectedBy }}
{{- end -}}
{{- /* What no container may do. */ -}}
{{- define "observability.container-security" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}
{{- define "observability.pod-security" -}}
runAsNonRoot: true
runAsUser: 65534
runAsGroup: 65534
fsGroup: 65534
seccompProfile: {type: RuntimeDefault}
{{- end -}}
