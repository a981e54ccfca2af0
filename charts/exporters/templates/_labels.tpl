{{- /* Labels of one: list of its name and the root. */ -}}
{{- define "exporters.selector" -}}
app.kubernetes.io/name: {{ index . 0 }}
app.kubernetes.io/instance: {{ (index . 1).Release.Name }}
{{- end -}}
{{- define "exporters.labels" -}}
{{ include "exporters.selector" . }}
app.kubernetes.io/managed-by: {{ (index . 1).Release.Service }}
app.kubernetes.io/part-of: sportbuff
{{- end -}}
