{{- /* Labels of a part: list of the name and the root. */ -}}
{{- define "datastores.selector" -}}
app.kubernetes.io/name: {{ index . 0 }}
app.kubernetes.io/instance: {{ (index . 1).Release.Name }}
{{- end -}}
{{- define "datastores.labels" -}}
{{ include "datastores.selector" . }}
app.kubernetes.io/managed-by: {{ (index . 1).Release.Service }}
app.kubernetes.io/part-of: sportbuff
{{- end -}}
