{{- /* Labels of a part: list of the name and the root. */ -}}
{{- define "operators.selector" -}}
app.kubernetes.io/name: {{ index . 0 }}
app.kubernetes.io/instance: {{ (index . 1).Release.Name }}
{{- end -}}
{{- define "operators.labels" -}}
{{ include "operators.selector" . }}
app.kubernetes.io/managed-by: {{ (index . 1).Release.Service }}
app.kubernetes.io/part-of: sportbuff
{{- end -}}
{{- /* What no container of them may do. */ -}}
{{- define "operators.container-security" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}
