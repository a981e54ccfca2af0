{{/* A pod of procedures. root: the chart's; containers: name, command, server and environment of each; secrets: files of the secret that they read; rootSecret: that of MySQL's root; retention: whether they may remove; data: claim at /var/lib/mysql. */}}
{{- define "backup.pod" -}}
serviceAccountName: {{ .root.Release.Name }}{{ if .retention }}-retention{{ end }}
automountServiceAccountToken: false
enableServiceLinks: false
terminationGracePeriodSeconds: 30
restartPolicy: {{ .restart }}
securityContext:
  runAsNonRoot: true
  runAsUser: 999
  runAsGroup: 999
  fsGroup: 999
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: {type: RuntimeDefault}
containers:
{{- range .containers }}
  - name: {{ .name }}
    image: {{ $.root.Values.image | quote }}
    imagePullPolicy: IfNotPresent
    command: [{{ .command }}]
    env:
      - {name: DB_HOST, value: {{ .server.host | quote }}}
      - {name: DB_PORT, value: {{ .server.port | quote }}}
      - {name: REPOSITORY, value: {{ $.root.Values.repository | quote }}}
      {{- range $name, $value := .environment }}
      - {name: {{ $name }}, value: {{ $value | quote }}}
      {{- end }}
    securityContext:
      allowPrivilegeEscalation: false
      readOnlyRootFilesystem: true
      capabilities: {drop: [ALL]}
    resources: {{- toYaml $.root.Values.resources | nindent 6 }}
    volumeMounts:
      - {name: procedures, mountPath: /opt/backup, readOnly: true}
      - {name: secrets, mountPath: /run/secrets/backup, readOnly: true}
      - {name: work, mountPath: /var/lib/backup}
      - {name: run, mountPath: /var/run/mysqld}
      - {name: tmp, mountPath: /tmp}
      {{- if $.data }}
      - {name: data, mountPath: /var/lib/mysql}
      {{- end }}
{{- end }}
volumes:
  - name: procedures
    configMap: {name: {{ .root.Release.Name }}, defaultMode: 0555}
  - name: secrets
    projected:
      defaultMode: 0440
      sources:
        - secret:
            name: {{ .root.Values.secret }}
            items:
            {{- range ternary .secrets (without .secrets "object-store-credentials") (empty .root.Values.roles.jobs) }}
              - {key: {{ . }}, path: {{ . }}}
            {{- end }}
        {{- with .rootSecret }}
        - secret:
            name: {{ . }}
            items: [{key: password, path: root-password}]
        {{- end }}
        {{- if and .retention (empty .root.Values.roles.retention) }}
        - secret:
            name: {{ .root.Values.retentionSecret }}
            items: [{key: retention-credentials, path: retention-credentials}]
        {{- end }}
  - name: work
    {{- if .work }}
    persistentVolumeClaim: {claimName: {{ .work }}}
    {{- else }}
    emptyDir: {sizeLimit: {{ .root.Values.scratch }}}
    {{- end }}
  - name: run
    emptyDir: {sizeLimit: 16Mi}
  - name: tmp
    emptyDir: {sizeLimit: 64Mi}
  {{- if .data }}
  - name: data
    persistentVolumeClaim: {claimName: {{ .data }}}
  {{- end }}
{{- end -}}
