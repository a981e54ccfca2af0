{{- define "haproxy.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}
{{- define "haproxy.labels" -}}
{{ include "haproxy.selector" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: sportbuff
{{- end -}}
{{- /* The files that it reads, in their order: JSON. */ -}}
{{- define "haproxy.files" -}}
{{- $files := list "haproxy.cfg" -}}
{{- if .Values.brokers }}{{ $files = append $files "broker.cfg" }}{{ end -}}
{{- if .Values.mysql }}{{ $files = append $files "mysql.cfg" }}{{ end -}}
{{- toJson $files -}}
{{- end -}}
