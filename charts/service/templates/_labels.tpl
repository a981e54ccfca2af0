{{- define "service.selector" -}}
app.kubernetes.io/name: {{ .Release.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}
{{- define "service.labels" -}}
{{ include "service.selector" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: sportbuff
{{- end -}}
{{- /* The secrets that stand in files, too. */ -}}
{{- define "service.files" -}}
{{- range $name, $place := .Values.secrets }}
{{- if $place.file }}
- secret: {name: {{ $place.secret }}, items: [{key: {{ $place.key }}, path: {{ $name }}}]}
{{- end }}
{{- end }}
{{- end -}}
