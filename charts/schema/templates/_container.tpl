{{- /* A container that takes one step of the program. root: the chart's; step: accounts or tables; accounts: by which name the program knows the accounts that the step needs. */ -}}
{{- define "schema.container" -}}
name: {{ .step }}
image: {{ .root.Values.image | quote }}
imagePullPolicy: IfNotPresent
command: [/usr/local/lib/schema/schema, {{ .step }}]
env:
  - {name: DB_HOST, value: {{ .root.Values.host | quote }}}
  - {name: DB_PORT, value: {{ .root.Values.port | quote }}}
  - {name: DB_NAME, value: {{ .root.Values.database | quote }}}
  {{- if .root.Values.authorities }}
  - {name: CA_FILE, value: /etc/authorities/ca.pem}
  {{- end }}
  {{- range .accounts }}
  - {name: {{ .user }}, value: {{ .account.user | quote }}}
  - name: {{ .password }}
    valueFrom:
      secretKeyRef: {name: {{ .account.secret }}, key: password}
  {{- end }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
resources: {{- toYaml .root.Values.resources | nindent 2 }}
volumeMounts:
  - {name: program, mountPath: /usr/local/lib/schema, readOnly: true}
  - {name: tmp, mountPath: /tmp}
  {{- if .root.Values.authorities }}
  - {name: authorities, mountPath: /etc/authorities, readOnly: true}
  {{- end }}
{{- end -}}
