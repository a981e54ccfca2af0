{{- define "admission.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: sportbuff
{{- end -}}
{{- define "admission.namespace" -}}
{{ .Values.namespace }}-admission
{{- end -}}
{{/* The account that writes the list, as the API server knows it. */}}
{{- define "admission.recorder" -}}
system:serviceaccount:{{ include "admission.namespace" . }}:recorder
{{- end -}}
